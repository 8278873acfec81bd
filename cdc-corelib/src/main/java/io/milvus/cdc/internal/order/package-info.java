/**
 * One order for everything: rows of all channels and changes of the catalog, by timestamp.
 * Internal.
 */
@NullMarked
package io.milvus.cdc.internal.order;

import org.jspecify.annotations.NullMarked;
