package io.milvus.cdc.internal.binlog;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.milvus.cdc.internal.binlog.WrittenColumns.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;

/** Writes binlogs of a segment for tests of other rooms, with small pages. */
public final class WrittenFiles {
  private static final Form FORM = new Form(false, false, true, 1 << 10);

  private WrittenFiles() {}

  public static ByteBuffer longs(long segment, long field, List<Long> values) throws IOException {
    return write(segment, field, Types.required(INT64).named("val"), values);
  }

  public static ByteBuffer bytes(long segment, long field, List<byte[]> values) throws IOException {
    int width = values.get(0).length;
    return write(
        segment, field, Types.required(FIXED_LEN_BYTE_ARRAY).length(width).named("val"), values);
  }

  public static ByteBuffer texts(long segment, long field, List<String> values) throws IOException {
    return write(segment, field, Types.required(BINARY).named("val"), values);
  }

  /** Returns a deltalog of texts {@code {"pk":1,"ts":2,"pkType":5}}. */
  public static ByteBuffer deletes(List<String> texts) throws IOException {
    return texts(0, -1, texts);
  }

  /** Returns a binlog of numbers, texts or byte arrays, with pages of the usual size. */
  public static ByteBuffer usual(long segment, long field, List<?> values) throws IOException {
    return write(Form.usual(), segment, field, type(values.get(0)), values);
  }

  /** Returns a binlog of one page, as Milvus writes up to 1,024 wide vectors. */
  public static ByteBuffer wide(long segment, long field, boolean dictionary, List<byte[]> values)
      throws IOException {
    WrittenColumns columns =
        WrittenColumns.of(new Form(false, dictionary, true, 1 << 30), 1 << 30, type(values.get(0)));
    for (byte[] value : values) {
      columns.row((Object) value);
    }
    return WrittenBinlog.file(segment, field, columns.file());
  }

  private static PrimitiveType type(Object value) {
    if (value instanceof byte[] bytes) {
      return Types.required(FIXED_LEN_BYTE_ARRAY).length(bytes.length).named("val");
    }
    return Types.required(
            value instanceof Long
                ? INT64
                : value instanceof Double
                    ? PrimitiveType.PrimitiveTypeName.DOUBLE
                    : value instanceof Float ? PrimitiveType.PrimitiveTypeName.FLOAT : BINARY)
        .named("val");
  }

  private static ByteBuffer write(long segment, long field, PrimitiveType type, List<?> values)
      throws IOException {
    return write(FORM, segment, field, type, values);
  }

  private static ByteBuffer write(
      Form form, long segment, long field, PrimitiveType type, List<?> values) throws IOException {
    WrittenColumns columns = WrittenColumns.of(form, type);
    for (Object value : values) {
      columns.row(new Object[] {value});
    }
    return WrittenBinlog.file(segment, field, columns.file());
  }
}
