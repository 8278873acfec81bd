/**
 * Reads Milvus 2.3 and later, for comparing millions of values while servers may die. Columns are
 * the protocol's own messages, without conversion. Temporary failures are retried for a bounded
 * time, which {@code internal.milvus} never does. Internal: applications should use the SDK.
 *
 * <p>It changes only the indexes and loads that reading needs. Extend it to write.
 */
@NullMarked
package io.milvus.cdc.internal.client;

import org.jspecify.annotations.NullMarked;
