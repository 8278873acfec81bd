/**
 * Reads a source of Milvus 2.6 or later, whose log carries rows and changes of the catalog.
 * Internal.
 */
@NullMarked
package io.milvus.cdc.internal.streaming;

import org.jspecify.annotations.NullMarked;
