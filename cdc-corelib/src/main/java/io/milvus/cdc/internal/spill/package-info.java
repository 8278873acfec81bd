/** Stores rows on disk that do not fit into memory. Internal. */
@NullMarked
package io.milvus.cdc.internal.spill;

import org.jspecify.annotations.NullMarked;
