/** Reads the objects in which a Milvus stores its rows, from an object storage or a directory. */
@NullMarked
package io.milvus.cdc.internal.storage;

import org.jspecify.annotations.NullMarked;
