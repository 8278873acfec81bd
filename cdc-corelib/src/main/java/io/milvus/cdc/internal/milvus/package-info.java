/** Checks versions of Milvus. */
@NullMarked
package io.milvus.cdc.internal.milvus;

import org.jspecify.annotations.NullMarked;
