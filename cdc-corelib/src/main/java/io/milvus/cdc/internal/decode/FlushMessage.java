package io.milvus.cdc.internal.decode;

import io.milvus.cdc.internal.wire.Wire;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a user's request to flush, as Milvus writes it to its topic {@code
 * <cluster>-replicate-msg}. A request to flush everything comes as one message for each collection
 * (2.3.5 internal/proxy/impl.go).
 *
 * @param timestamp hybrid; the request covers rows up to here
 * @param database empty for the default database
 * @param collections names, or aliases
 */
public record FlushMessage(long timestamp, String database, List<String> collections) {
  /**
   * Returns the request in a message, or null if it holds another request. Other requests are in
   * etcd, too.
   *
   * @throws IOException if it is not a message of Milvus
   */
  public static @Nullable FlushMessage parse(byte[] body) throws IOException {
    if (Wire.baseOf(body).getMsgType() != MsgType.Flush) {
      return null;
    }
    return of(FlushRequest.parseFrom(body));
  }

  private static FlushMessage of(FlushRequest request) {
    MsgBase base = request.getBase();
    // If the source is itself a standby, its ticks have the time of its own source.
    long timestamp =
        base.getReplicateInfo().getIsReplicate()
            ? base.getReplicateInfo().getMsgTimestamp()
            : base.getTimestamp();
    return new FlushMessage(
        timestamp, request.getDbName(), List.copyOf(request.getCollectionNamesList()));
  }
}
