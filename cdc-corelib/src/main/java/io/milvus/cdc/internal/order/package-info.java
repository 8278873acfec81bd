/**
 * Merges the rows of all channels and the changes of the catalog into one order, by timestamp.
 * Internal.
 */
@NullMarked
package io.milvus.cdc.internal.order;

import org.jspecify.annotations.NullMarked;
