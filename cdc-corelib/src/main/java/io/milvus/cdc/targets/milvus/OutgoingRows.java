package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.DeleteMessage;
import io.milvus.cdc.internal.wire.InsertColumns;
import io.milvus.cdc.internal.wire.InsertMessage;
import io.milvus.cdc.internal.wire.RowsMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holds rows of the source with the target's address.
 *
 * @param body the event's message, or one that has some of its rows
 */
record OutgoingRows(DataEvent event, Address address, Payload body, int rows) implements Outgoing {
  /** Holds all rows of an event. */
  OutgoingRows(DataEvent event, Address address) {
    this(event, address, event.payload(), event.header().rows());
  }

  @Override
  public long timestamp() {
    return event.timestamp();
  }

  @Override
  public int size() {
    return body.size();
  }

  @Override
  public ByteString encode(long messageId, long timestamp) {
    return encode(messageId, timestamp, 0);
  }

  /** The newest row of the event may be in another part, or dropped by a transform. */
  @Override
  public ByteString encode(long messageId, long timestamp, long lastTick) {
    try {
      RowsMessage message = parse(body.bytes());
      boolean own = timestamp == timestamp() && message.timestamp() > lastTick;
      return message.rewrite(address, messageId, own ? message.timestamp() : timestamp, lastTick);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private RowsMessage parse(byte[] message) throws IOException {
    return event instanceof Insert ? InsertMessage.parse(message) : DeleteMessage.parse(message);
  }

  @Override
  public List<Outgoing> parts(int bytes) {
    try {
      List<Outgoing> parts = new ArrayList<>();
      divide(bytes, parts);
      return parts;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  /**
   * Divides evenly, and divides parts again that are still too large, because rows differ in size.
   */
  private void divide(int bytes, List<Outgoing> parts) throws IOException {
    if (size() <= bytes || rows < 2) {
      parts.add(this);
      return;
    }
    Divisible whole = divisible(body.bytes());
    int count = Math.min(rows, size() / bytes + 1);
    for (int part = 0; part < count; part++) {
      int from = (int) ((long) rows * part / count);
      int to = (int) ((long) rows * (part + 1) / count);
      byte[] some = whole.only(IntStream.range(from, to).toArray());
      new OutgoingRows(event, address, Payload.of(some), to - from).divide(bytes, parts);
    }
  }

  private Divisible divisible(byte[] message) throws IOException {
    if (event instanceof Insert) {
      InsertColumns columns = InsertColumns.parse(message);
      return rows -> columns.only(rows).body();
    }
    return DeleteMessage.parse(message)::only;
  }

  private interface Divisible {
    byte[] only(int[] rows) throws IOException;
  }

  private SourceException unreadable(Exception e) {
    return new SourceException(
        "Message %s of channel %s was readable before and no longer is: %s"
            .formatted(event.position(), event.header().channel(), e.getMessage()),
        "",
        e);
  }
}
