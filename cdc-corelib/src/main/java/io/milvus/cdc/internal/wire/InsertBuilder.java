package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import io.milvus.grpc.MsgType;
import java.util.List;
import milvus.proto.msg.Msg;

/**
 * Builds {@code msgpb.InsertRequest} messages from encoded columns, whose rows keep their own
 * timestamps and ids (milvus-proto msg.proto, 2.3 to 2.5). For one thread.
 */
public final class InsertBuilder {
  private final Address to;
  private final List<FieldBytes> fields;
  private final Growing timestamps = new Growing();
  private final Growing rowIds = new Growing();
  private long newest;
  private int rows;

  /** Creates a builder without rows. The caller adds a value to each field before each row. */
  public InsertBuilder(Address to, List<FieldBytes> fields) {
    this.to = to;
    this.fields = List.copyOf(fields);
  }

  /** Ends a row, to which every field has got its value. */
  public void endRow(long timestamp, long rowId) {
    timestamps.varint(timestamp);
    rowIds.varint(rowId);
    newest = Math.max(newest, timestamp);
    rows++;
  }

  public int rows() {
    return rows;
  }

  /** Returns the newest of the rows' timestamps, or 0 if there are no rows. */
  public long newest() {
    return newest;
  }

  /** Returns an estimate of the message's bytes. */
  public long size() {
    long size = (long) timestamps.size() + rowIds.size();
    for (FieldBytes field : fields) {
      size += field.size();
    }
    return size;
  }

  /** Returns the message, and forgets its rows. */
  public byte[] build() {
    ByteString body =
        Envelope.head(MsgType.Insert, to, 0, newest)
            .concat(packed(Msg.InsertRequest.TIMESTAMPS_FIELD_NUMBER, timestamps))
            .concat(packed(Msg.InsertRequest.ROWIDS_FIELD_NUMBER, rowIds));
    for (FieldBytes field : fields) {
      body =
          body.concat(
              FieldBytes.nested(Msg.InsertRequest.FIELDS_DATA_FIELD_NUMBER, field.encoded()));
    }
    byte[] message =
        body.concat(FieldBytes.integer(Msg.InsertRequest.NUM_ROWS_FIELD_NUMBER, rows))
            .concat(
                FieldBytes.integer(
                    Msg.InsertRequest.VERSION_FIELD_NUMBER,
                    Msg.InsertDataVersion.ColumnBased.getNumber()))
            .toByteArray();
    clear();
    return message;
  }

  private static ByteString packed(int number, Growing values) {
    return FieldBytes.nested(number, values.view());
  }

  private void clear() {
    fields.forEach(FieldBytes::clear);
    timestamps.clear();
    rowIds.clear();
    newest = 0;
    rows = 0;
  }
}
