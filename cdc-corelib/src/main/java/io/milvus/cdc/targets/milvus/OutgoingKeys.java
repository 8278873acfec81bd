package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.DeleteMessage;
import io.milvus.grpc.IDs;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.StringArray;
import java.util.ArrayList;
import java.util.List;

/** Deletes these keys. */
record OutgoingKeys(long timestamp, Address address, IDs ids, int size) implements Outgoing {
  OutgoingKeys(long timestamp, Address address, IDs ids) {
    this(timestamp, address, ids, ids.getSerializedSize());
  }

  @Override
  public int rows() {
    return ids.hasStrId() ? ids.getStrId().getDataCount() : ids.getIntId().getDataCount();
  }

  @Override
  public ByteString encode(long messageId, long stamp) {
    return DeleteMessage.of(address, ids, rows(), messageId, stamp);
  }

  @Override
  public List<Outgoing> parts(int bytes) {
    List<Outgoing> parts = new ArrayList<>();
    divide(bytes, parts);
    return parts;
  }

  private void divide(int bytes, List<Outgoing> parts) {
    if (size <= bytes || rows() < 2) {
      parts.add(this);
    } else {
      int middle = rows() / 2;
      only(0, middle).divide(bytes, parts);
      only(middle, rows()).divide(bytes, parts);
    }
  }

  private OutgoingKeys only(int from, int to) {
    IDs.Builder some = IDs.newBuilder();
    if (ids.hasStrId()) {
      some.setStrId(
          StringArray.newBuilder().addAllData(ids.getStrId().getDataList().subList(from, to)));
    } else {
      some.setIntId(
          LongArray.newBuilder().addAllData(ids.getIntId().getDataList().subList(from, to)));
    }
    return new OutgoingKeys(timestamp, address, some.build());
  }
}
