/**
 * Decodes the write-ahead log of Milvus 2.6 and 3.x, and derives the catalog from it. Internal.
 *
 * <p>A message is properties and a body. {@link io.milvus.cdc.internal.wal.WalDecoder} reads one,
 * {@link io.milvus.cdc.internal.wal.Transactions} joins those of a transaction, and {@link
 * io.milvus.cdc.internal.wal.WalCatalog} applies the changes among them. Nothing here reads from a
 * server. Facts about messages are those of Milvus 2.6.20 and 3.0.0,
 * pkg/streaming/util/message/properties.go and pkg/proto/messages.proto.
 */
@NullMarked
package io.milvus.cdc.internal.wal;

import org.jspecify.annotations.NullMarked;
