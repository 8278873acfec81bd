package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import io.milvus.grpc.ReplicateMessageRequest;
import java.util.Comparator;
import java.util.List;

/**
 * What one request brings to a channel. A target refuses a request as a whole, so one that was
 * refused is taken apart.
 */
record Parcel(String channel, List<Item> items) {
  /** A message as it was, and as it is sent. */
  record Item(Outgoing message, ByteString bytes, long stamp) {}

  long stamp() {
    return items.get(items.size() - 1).stamp();
  }

  Item largest() {
    return items.stream().max(Comparator.comparingInt(item -> item.bytes().size())).orElseThrow();
  }

  ReplicateMessageRequest request() {
    return ReplicateMessageRequest.newBuilder()
        .setChannelName(channel)
        .setBeginTs(stamp())
        .setEndTs(stamp())
        .addAllMsgs(items.stream().map(Item::bytes).toList())
        .build();
  }

  List<Parcel> halves() {
    int middle = items.size() / 2;
    return List.of(
        new Parcel(channel, items.subList(0, middle)),
        new Parcel(channel, items.subList(middle, items.size())));
  }
}
