package io.milvus.cdc.internal.wal;

import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.MessageWriter;
import io.milvus.cdc.internal.wire.WrittenField;
import io.milvus.cdc.proto.wal.InsertHeader;
import io.milvus.cdc.proto.wal.TransactionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds messages of a log in tests. */
record WalLine(Map<String, String> properties, byte[] body) {
  static final String CHANNEL = "by-dev-rootcoord-dml_0";
  static final String SHARD = CHANNEL + "_7v0";

  static WalLine of(int type, long tick) {
    Map<String, String> properties = new HashMap<>();
    properties.put("_v", "2");
    properties.put("_t", Integer.toString(type));
    properties.put("_tt", Long.toString(tick, 36));
    properties.put("_lc", "0");
    properties.put("_vc", SHARD);
    properties.put("_h", "");
    return new WalLine(properties, new byte[0]);
  }

  static WalLine insert(long tick, long key) {
    return of(2, tick)
        .with("_h", InsertHeader.newBuilder().setCollectionId(7).build().toByteArray())
        .with(
            writer().insert(address(), 0, 1, List.of(Map.of("id", key, "v", new float[] {1, 2}))));
  }

  static WalLine delete(long tick, long key) {
    return of(3, tick).with(writer().delete(address(), 0, 1, List.of(key)));
  }

  private static MessageWriter writer() {
    try {
      return MessageWriter.of(
          MessageWriter.schema(
              "docs",
              List.of(
                  new WrittenField("id", "Int64", "", 0, true),
                  new WrittenField("v", "FloatVector", "", 2, false))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Address address() {
    return new Address(CHANNEL, "?", "default", "docs", 7, "_default", 8);
  }

  WalLine with(byte[] newBody) {
    return new WalLine(properties, newBody);
  }

  WalLine with(String property, String value) {
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(property, value);
    return new WalLine(changed, body);
  }

  WalLine with(String property, byte[] value) {
    return with(property, Base64.getEncoder().encodeToString(value));
  }

  WalLine without(String property) {
    Map<String, String> changed = new HashMap<>(properties);
    changed.remove(property);
    return new WalLine(changed, body);
  }

  WalLine in(long transaction) {
    return with(
        "_tx",
        TransactionContext.newBuilder()
            .setId(transaction)
            .setKeepaliveMilliseconds(10)
            .build()
            .toByteArray());
  }

  WalMessage message() {
    return new WalMessage(
        CHANNEL, "m" + properties.get("_tt"), "Kafka", properties, Payload.of(body));
  }

  WalEvent event() {
    return new WalDecoder().decode(message());
  }
}
