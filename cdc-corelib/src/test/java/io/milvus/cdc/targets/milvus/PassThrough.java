package io.milvus.cdc.targets.milvus;

import io.grpc.Drainable;
import io.grpc.protobuf.ProtoUtils;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.decode.MessageDecoder;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.testkit.Sample;
import io.milvus.grpc.ReplicateMessageRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A message of rows on its way through this library, from the queue's client to gRPC's buffers. */
record PassThrough(Payload payload) {
  private static final Address TO =
      new Address("dst-dml_3", "dst-dml_3_99v1", "shop", "orders", 99, "_default", 990);

  private static final MessageDecoder DECODER = new MessageDecoder("by-dev-rootcoord-dml_0");

  DataEvent decode() {
    return (DataEvent) DECODER.decode(Sample.POSITION, payload);
  }

  static ReplicateMessageRequest request(DataEvent event, long stamp) {
    Outgoing message = new OutgoingRows(event, TO);
    Parcel.Item item = new Parcel.Item(message, message.encode(5, stamp), stamp);
    return new Parcel(TO.channel(), List.of(item)).request();
  }

  /** Writes a request as gRPC does: this is the only place where it has to copy. */
  static int send(ReplicateMessageRequest request, OutputStream buffers) throws IOException {
    try (InputStream stream = ProtoUtils.marshaller(request).stream(request)) {
      return ((Drainable) stream).drainTo(buffers);
    }
  }
}
