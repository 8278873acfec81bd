package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.UpsertRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Combines rows of several inserts into one {@code milvuspb.UpsertRequest}.
 *
 * <p>A column is parsed only if something in it must change. Protobuf reads two concatenated
 * messages as one message whose lists are concatenated. So a column's bytes are the bytes of its
 * pieces, in order.
 */
public final class UpsertRows {
  private static final int FIELDS_DATA = 5;

  private final FieldTraits traits;
  private final Map<String, List<ByteString>> columns = new LinkedHashMap<>();
  private int rows;
  private int size;

  public UpsertRows(FieldTraits traits) {
    this.traits = traits;
  }

  public int rows() {
    return rows;
  }

  /** Returns an estimate of the request's bytes. */
  public int size() {
    return size;
  }

  /**
   * Adds rows, which must have the same columns as the earlier rows.
   *
   * @throws IOException if a column that must be changed cannot be read
   */
  public void add(InsertColumns more) throws IOException {
    try {
      for (Column column : more.columns()) {
        if (!traits.computed().contains(column.name())) {
          ByteString piece =
              traits.nullable().contains(column.name()) ? column.compacted() : column.unmasked();
          columns.computeIfAbsent(column.name(), name -> new ArrayList<>()).add(piece);
          size += piece.size();
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    rows += more.rows();
  }

  /**
   * Returns the encoded request.
   *
   * @param partition empty if the target chooses the partition
   */
  public ByteString request(String database, String collection, String partition)
      throws IOException {
    ByteString request =
        UpsertRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .setPartitionName(partition)
            .setNumRows(rows)
            .build()
            .toByteString();
    for (Map.Entry<String, List<ByteString>> column : columns.entrySet()) {
      ByteString data =
          traits.packed().contains(column.getKey()) && column.getValue().size() > 1
              ? repacked(column.getValue())
              : ByteString.copyFrom(column.getValue());
      request = request.concat(header(data.size())).concat(data);
    }
    return request;
  }

  /** Merges pieces by their values, because protobuf retains only the last of two runs of bytes. */
  private static ByteString repacked(List<ByteString> pieces) throws IOException {
    List<FieldData> parsed = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    List<Boolean> valid = new ArrayList<>();
    long dim = 0;
    for (ByteString piece : pieces) {
      FieldData data = FieldData.parseFrom(piece);
      parsed.add(data);
      values.addAll(ColumnValues.of(data));
      valid.addAll(data.getValidDataList());
      dim = Math.max(dim, data.getVectors().getSparseFloatVector().getDim());
    }
    FieldData.Builder all =
        ColumnValues.with(parsed.get(0), values).clearValidData().addAllValidData(valid);
    if (all.getVectors().hasSparseFloatVector()) {
      all.getVectorsBuilder().getSparseFloatVectorBuilder().setDim(dim);
    }
    return all.build().toByteString();
  }

  private static ByteString header(int length) throws IOException {
    ByteString.Output bytes = ByteString.newOutput(8);
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.writeTag(FIELDS_DATA, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    output.writeUInt32NoTag(length);
    output.flush();
    return bytes.toByteString();
  }
}
