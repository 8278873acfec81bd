/**
 * The messages of Milvus 2.3 to 2.5 on the wire: what is read of them and what is rewritten.
 * Internal.
 *
 * <p>A message body is the bare protobuf request ({@code msgpb}, Milvus pkg/mq/msgstream), and its
 * type is in the {@code MsgBase} that every one of them holds as field 1.
 */
@NullMarked
package io.milvus.cdc.internal.wire;

import org.jspecify.annotations.NullMarked;
