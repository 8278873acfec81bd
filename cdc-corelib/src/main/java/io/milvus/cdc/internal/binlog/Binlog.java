package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the envelope of a binlog: a descriptor event, then data events with a Parquet file each
 * (2.3 to 2.5 internal/storage/binlog_writer.go, event_header.go, event_data.go). Numbers are
 * little-endian.
 *
 * @param segment the segment of the rows
 * @param field the field of the values, or -1 in a deltalog
 * @param payloads the Parquet file in each data event, in order
 */
record Binlog(long segment, long field, Extras extras, List<ByteSource> payloads) {
  private static final int MAGIC = 0x00fffabc;

  /** The places in the descriptor event, from the file's beginning. */
  private static final int DESCRIPTOR = 4;

  private static final int DESCRIPTOR_TYPE = 12;
  private static final int DESCRIPTOR_LENGTH = 13;
  private static final int SEGMENT = 37;
  private static final int FIELD = 45;
  private static final int EXTRAS_LENGTH = 81;
  private static final int EXTRAS = 85;
  private static final int MOST_EXTRAS = 1 << 20;

  /** The places in a data event, from the event's beginning. */
  private static final int EVENT_TYPE = 8;

  private static final int EVENT_LENGTH = 9;
  private static final int PAYLOAD = 33;

  /** The kinds of data events, as numbered in 2.3 internal/storage/event_header.go. */
  enum Kind {
    INSERT(1),
    DELETE(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /**
   * Reads the envelope.
   *
   * @throws SourceException if it is damaged, encrypted or of another kind
   * @throws IOException if the storage fails
   */
  static Binlog open(ByteSource file, Kind kind) throws IOException {
    if (file.size() < EXTRAS) {
      throw Damage.in(file, "it has only %d bytes".formatted(file.size()));
    }
    ByteBuffer head = littleEndian(file, 0, EXTRAS);
    if (head.getInt(0) != MAGIC) {
      throw Damage.in(
          file, "it begins with 0x%08x, not with 0x%08x".formatted(head.getInt(0), MAGIC));
    }
    if (head.get(DESCRIPTOR_TYPE) != 0) {
      throw Damage.in(file, "its first event is of type " + head.get(DESCRIPTOR_TYPE));
    }
    int length = head.getInt(EXTRAS_LENGTH);
    long end = (long) DESCRIPTOR + head.getInt(DESCRIPTOR_LENGTH);
    if (length < 0 || length > MOST_EXTRAS || EXTRAS + length > end || end > file.size()) {
      throw Damage.in(
          file,
          "its first event ends at byte %d with %d bytes of JSON, and the file has %d bytes"
              .formatted(end, length, file.size()));
    }
    long segment = head.getLong(SEGMENT);
    long field = head.getLong(FIELD);
    byte[] json = new byte[length];
    file.read(EXTRAS, length).get(json);
    Extras extras = Extras.of(file, json);
    return new Binlog(segment, field, extras, payloads(file, end, kind));
  }

  /** Finds the data events. Each has a length, because its pointer to the next is wrong in 2.5. */
  private static List<ByteSource> payloads(ByteSource file, long first, Kind kind)
      throws IOException {
    List<ByteSource> payloads = new ArrayList<>();
    for (long start = first; start < file.size(); ) {
      long left = file.size() - start;
      if (left < PAYLOAD) {
        throw Damage.in(file, "the event at byte %d has only %d bytes".formatted(start, left));
      }
      ByteBuffer head = littleEndian(file, start, PAYLOAD);
      if (head.get(EVENT_TYPE) != kind.number) {
        throw Damage.in(
            file,
            "the event at byte %d is of type %d, not %d"
                .formatted(start, head.get(EVENT_TYPE), kind.number));
      }
      int length = head.getInt(EVENT_LENGTH);
      if (length < PAYLOAD || length > left) {
        throw Damage.in(
            file,
            "the event at byte %d has a length of %d, and %d bytes are left"
                .formatted(start, length, left));
      }
      payloads.add(new Section(file, start + PAYLOAD, length - PAYLOAD));
      start += length;
    }
    if (payloads.isEmpty()) {
      throw Damage.in(file, "it has no data");
    }
    return List.copyOf(payloads);
  }

  private static ByteBuffer littleEndian(ByteSource file, long offset, int length)
      throws IOException {
    return file.read(offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
