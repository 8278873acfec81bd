/**
 * Describes the databases, collections, partitions and access of a source as immutable values.
 *
 * <p>Timestamps are Milvus hybrid timestamps: Unix milliseconds shifted left by 18 bits, plus a
 * logical counter. {@code 0} as a drop timestamp means "not dropped".
 */
@NullMarked
package io.milvus.cdc.catalog;

import org.jspecify.annotations.NullMarked;
