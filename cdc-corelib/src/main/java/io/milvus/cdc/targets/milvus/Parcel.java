package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import io.milvus.grpc.ReplicateMessageRequest;
import java.util.Comparator;
import java.util.List;

/**
 * The content of one request for a channel. A target rejects a request as a whole, so a rejected
 * parcel is divided.
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
