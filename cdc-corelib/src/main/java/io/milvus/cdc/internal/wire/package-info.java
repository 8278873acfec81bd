/**
 * Reads and rewrites the messages of Milvus 2.3 to 2.5, and the rows of 2.6 and 3.x, in their
 * encoded form. Internal.
 *
 * <p>A message body is the bare protobuf request ({@code msgpb}, Milvus pkg/mq/msgstream). Its type
 * is in the {@code MsgBase}, which is field 1 of every message.
 */
@NullMarked
package io.milvus.cdc.internal.wire;

import org.jspecify.annotations.NullMarked;
