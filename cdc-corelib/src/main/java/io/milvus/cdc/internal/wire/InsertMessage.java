package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.IDs;
import io.milvus.grpc.MsgType;
import java.io.IOException;

/**
 * Reads the envelope of a {@code msgpb.InsertRequest} (milvus-proto msg.proto, 2.3 to 2.5). The
 * columns stay encoded.
 */
public final class InsertMessage extends RowsMessage {
  private static final int SEGMENT_ID = 9;
  private static final int FIELDS_DATA = 13;

  /** {@code FieldData.field_id} in schema.proto. */
  private static final int FIELD_ID = 5;

  private InsertMessage(Envelope envelope) {
    super(MsgType.Insert, envelope);
  }

  /**
   * Reads the envelope.
   *
   * @param bytes retained and shared, not copied: they must not change any more
   */
  public static InsertMessage parse(byte[] bytes) throws IOException {
    return new InsertMessage(Envelope.read(Wire.wrap(bytes), field -> field > SEGMENT_ID));
  }

  /** Returns the primary keys of the rows. Parses only that column. */
  public IDs keys(long primaryKeyField) throws IOException {
    CodedInputStream input = Wire.reader(rest());
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == FIELDS_DATA) {
        ByteString column = input.readBytes();
        if (fieldIdOf(column) == primaryKeyField) {
          return idsOf(FieldData.parseFrom(column));
        }
      } else {
        input.skipField(tag);
      }
    }
    throw new IOException("no column has the primary key's field id " + primaryKeyField);
  }

  private static long fieldIdOf(ByteString column) throws IOException {
    CodedInputStream input = Wire.reader(column);
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == FIELD_ID) {
        return input.readInt64();
      }
      input.skipField(tag);
    }
    return 0;
  }

  private static IDs idsOf(FieldData column) {
    IDs.Builder ids = IDs.newBuilder();
    if (column.getScalars().hasStringData()) {
      ids.setStrId(column.getScalars().getStringData());
    } else {
      ids.setIntId(column.getScalars().getLongData());
    }
    return ids.build();
  }
}
