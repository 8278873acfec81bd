package io.milvus.cdc.internal.order;

import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.DropMarker;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.TimeTick;

/** Events for merging; what is in them does not matter here, only where and when. */
final class Rows {
  private Rows() {}

  static Position at(long n) {
    return new Position("0:" + n);
  }

  static RowsHeader header(String channel, long place, long timestamp, long collection) {
    return header(channel, place, timestamp, collection, 0);
  }

  private static RowsHeader header(
      String channel, long place, long timestamp, long collection, long number) {
    return new RowsHeader(
        channel, at(place), timestamp, collection, 10 * collection, channel + "_1v0", 1, number);
  }

  static Insert insert(String channel, long place, long timestamp) {
    return insert(channel, place, timestamp, 1, new byte[10]);
  }

  static Insert insert(
      String channel, long place, long timestamp, long collection, byte[] payload) {
    return new Insert(header(channel, place, timestamp, collection), Payload.of(payload));
  }

  /** A message of this number, of one row. */
  static Insert numbered(long number, String channel, long place, long timestamp) {
    return new Insert(header(channel, place, timestamp, 1, number), Payload.of(new byte[10]));
  }

  static Delete delete(String channel, long place, long timestamp) {
    return new Delete(header(channel, place, timestamp, 1), Payload.of(new byte[10]));
  }

  static TimeTick tick(long place, long timestamp) {
    return new TimeTick(at(place), timestamp);
  }

  static DropMarker end(long place, long timestamp, long collection) {
    return new DropMarker(at(place), timestamp, collection);
  }
}
