package io.milvus.cdc.internal.decode;

import io.milvus.cdc.internal.wire.Wire;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's request to flush, as a Milvus notes it on its topic {@code <cluster>-replicate-msg}. To
 * flush everything comes as one message for each collection (2.3.5 internal/proxy/impl.go).
 *
 * @param timestamp hybrid; rows up to here were meant
 * @param database empty for the default one
 * @param collections names, or aliases
 */
public record FlushMessage(long timestamp, String database, List<String> collections) {
  /**
   * The request in a message, or null where it holds anything else: those are in etcd, too.
   *
   * @throws IOException where it is no message of Milvus
   */
  public static @Nullable FlushMessage parse(byte[] body) throws IOException {
    if (Wire.baseOf(body).getMsgType() != MsgType.Flush) {
      return null;
    }
    return of(FlushRequest.parseFrom(body));
  }

  private static FlushMessage of(FlushRequest request) {
    MsgBase base = request.getBase();
    // A source that is itself a standby has the time of its own source in its ticks.
    long timestamp =
        base.getReplicateInfo().getIsReplicate()
            ? base.getReplicateInfo().getMsgTimestamp()
            : base.getTimestamp();
    return new FlushMessage(
        timestamp, request.getDbName(), List.copyOf(request.getCollectionNamesList()));
  }
}
