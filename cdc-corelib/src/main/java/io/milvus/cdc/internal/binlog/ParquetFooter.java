package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Reads the footer of a Parquet file: flat columns, and the place of their pages in each row group.
 */
final class ParquetFooter {
  private static final int MAGIC =
      ByteBuffer.wrap(new byte[] {'P', 'A', 'R', '1'}).order(ByteOrder.LITTLE_ENDIAN).getInt();

  /** The magic of a file whose footer is encrypted. */
  private static final int ENCRYPTED =
      ByteBuffer.wrap(new byte[] {'P', 'A', 'R', 'E'}).order(ByteOrder.LITTLE_ENDIAN).getInt();

  /** The length of the footer, and the magic. */
  private static final int TAIL = 8;

  private final ByteSource file;
  private final long end;
  private final FileMetaData meta;
  private final List<ColumnDescriptor> columns;

  private ParquetFooter(ByteSource file, long end, FileMetaData meta) {
    this.file = file;
    this.end = end;
    this.meta = meta;
    this.columns = flat(file, meta.getSchema());
  }

  /**
   * Reads the footer.
   *
   * @throws SourceException if it is damaged, or if the columns are not flat
   * @throws IOException if the storage fails
   */
  static ParquetFooter read(ByteSource file) throws IOException {
    if (file.size() < Integer.BYTES + TAIL) {
      throw Damage.in(file, "its Parquet file has only %d bytes".formatted(file.size()));
    }
    ByteBuffer tail = file.read(file.size() - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
    int length = tail.getInt();
    int magic = tail.getInt();
    if (magic == ENCRYPTED) {
      throw Damage.unknown(file, "its Parquet file is encrypted");
    }
    long start = file.size() - TAIL - length;
    if (magic != MAGIC || length <= 0 || start < Integer.BYTES) {
      throw Damage.in(file, "its Parquet file of %d bytes has no footer".formatted(file.size()));
    }
    byte[] footer = new byte[length];
    file.read(start, length).get(footer);
    FileMetaData meta;
    try {
      meta = Util.readFileMetaData(new ByteArrayInputStream(footer), length);
    } catch (IOException | RuntimeException e) {
      throw Damage.in(file, "the footer of its Parquet file is unreadable", e);
    }
    return new ParquetFooter(file, start, meta);
  }

  List<ColumnDescriptor> columns() {
    return columns;
  }

  /**
   * Returns the places of a column's pages, by row group.
   *
   * @throws SourceException if a place is outside the file, or if a codec is unknown
   */
  List<Chunk> chunks(int column) {
    List<Chunk> chunks = new ArrayList<>();
    for (RowGroup group : meta.getRow_groups()) {
      if (group.getColumnsSize() != columns.size()) {
        throw Damage.in(
            file,
            "a row group has %d columns, not %d".formatted(group.getColumnsSize(), columns.size()));
      }
      chunks.add(chunk(columns.get(column), group.getColumns().get(column), group.getNum_rows()));
    }
    return chunks;
  }

  private Chunk chunk(ColumnDescriptor column, ColumnChunk chunk, long rows) {
    if (chunk.isSetCrypto_metadata()) {
      throw Damage.unknown(file, "its Parquet column is encrypted");
    }
    ColumnMetaData pages = chunk.getMeta_data();
    if (pages == null) {
      throw Damage.in(file, "a row group does not describe its pages");
    }
    if (pages.getCodec() != CompressionCodec.ZSTD
        && pages.getCodec() != CompressionCodec.UNCOMPRESSED) {
      throw Damage.unknown(file, "its Parquet codec is " + pages.getCodec());
    }
    long start = pages.getData_page_offset();
    // Go's writer sets 0 if there is no dictionary.
    if (pages.isSetDictionary_page_offset() && pages.getDictionary_page_offset() > 0) {
      start = Math.min(start, pages.getDictionary_page_offset());
    }
    long length = pages.getTotal_compressed_size();
    if (start < Integer.BYTES || length < 0 || start > end - length) {
      throw Damage.in(
          file, "its pages are said to be at byte %d, %d bytes".formatted(start, length));
    }
    if (rows < 0 || pages.getNum_values() != rows) {
      throw Damage.in(
          file, "a row group has %d values for %d rows".formatted(pages.getNum_values(), rows));
    }
    boolean compressed = pages.getCodec() == CompressionCodec.ZSTD;
    return new Chunk(file, column, start, start + length, rows, compressed);
  }

  private static List<ColumnDescriptor> flat(ByteSource file, List<SchemaElement> elements) {
    if (elements.isEmpty()
        || elements.size() == 1
        || elements.get(0).getNum_children() != elements.size() - 1) {
      throw Damage.in(file, "its Parquet columns are not flat");
    }
    return elements.stream().skip(1).map(element -> column(file, element)).toList();
  }

  private static ColumnDescriptor column(ByteSource file, SchemaElement element) {
    boolean optional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
    if (!element.isSetType()
        || (!optional && element.getRepetition_type() != FieldRepetitionType.REQUIRED)) {
      throw Damage.in(file, "its Parquet columns are not flat");
    }
    PrimitiveTypeName type = type(element.getType());
    if (type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY && element.getType_length() <= 0) {
      throw Damage.in(file, "its values have %d bytes".formatted(element.getType_length()));
    }
    PrimitiveType primitive =
        new PrimitiveType(
            optional ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED,
            type,
            element.getType_length(),
            element.getName());
    return new ColumnDescriptor(new String[] {element.getName()}, primitive, 0, optional ? 1 : 0);
  }

  private static PrimitiveTypeName type(org.apache.parquet.format.Type type) {
    return type == org.apache.parquet.format.Type.BYTE_ARRAY
        ? PrimitiveTypeName.BINARY
        : PrimitiveTypeName.valueOf(type.name());
  }
}
