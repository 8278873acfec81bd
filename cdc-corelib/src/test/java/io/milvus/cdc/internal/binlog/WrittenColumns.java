package io.milvus.cdc.internal.binlog;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/** Writes a Parquet file with the library's encoders, in memory. */
final class WrittenColumns {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** As Go's writer, which also adds a checksum. */
  private static final int ZSTD_LEVEL = 3;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<RowGroup> groups = new ArrayList<>();
  private final MessageType schema;
  private final ParquetProperties properties;
  private final boolean compressed;
  private Map<ColumnDescriptor, Pages> pages = new LinkedHashMap<>();
  private ColumnWriteStore store;
  private long rows;
  private long allRows;

  private WrittenColumns(MessageType schema, ParquetProperties properties, boolean compressed) {
    this.schema = schema;
    this.properties = properties;
    this.compressed = compressed;
    file.writeBytes(MAGIC);
    store = store();
  }

  /**
   * How the library writes.
   *
   * @param secondVersion whether pages are of Parquet's second version
   */
  record Form(boolean secondVersion, boolean dictionary, boolean compressed, int pageBytes) {
    /** As Milvus writes a sync. */
    static Form usual() {
      return new Form(false, true, true, 1 << 20);
    }
  }

  static WrittenColumns of(Form form, PrimitiveType... columns) {
    return of(form, 1 << 20, columns);
  }

  /** Returns a file with another limit of a dictionary's bytes. */
  static WrittenColumns of(Form form, int dictionaryBytes, PrimitiveType... columns) {
    ParquetProperties properties =
        ParquetProperties.builder()
            .withWriterVersion(
                form.secondVersion
                    ? ParquetProperties.WriterVersion.PARQUET_2_0
                    : ParquetProperties.WriterVersion.PARQUET_1_0)
            .withDictionaryEncoding(form.dictionary)
            .withPageSize(form.pageBytes)
            .withDictionaryPageSize(dictionaryBytes)
            .withMinRowCountForPageSizeCheck(1)
            .withPageRowCountLimit(Integer.MAX_VALUE)
            .withValuesWriterFactory(new DefaultV1ValuesWriterFactory())
            .build();
    return new WrittenColumns(
        new MessageType("schema", List.<org.apache.parquet.schema.Type>of(columns)),
        properties,
        form.compressed);
  }

  private ColumnWriteStore store() {
    return properties.newColumnWriteStore(
        schema, column -> pages.computeIfAbsent(column, one -> new Pages()));
  }

  /** Adds a row: a value or null for each column. Texts and byte arrays are binary. */
  WrittenColumns row(Object... values) {
    for (int i = 0; i < values.length; i++) {
      ColumnDescriptor column = schema.getColumns().get(i);
      write(store.getColumnWriter(column), values[i], column.getMaxDefinitionLevel());
    }
    store.endRecord();
    rows++;
    return this;
  }

  private static void write(ColumnWriter writer, Object value, int present) {
    if (value == null) {
      writer.writeNull(0, 0);
    } else if (value instanceof Boolean one) {
      writer.write(one, 0, present);
    } else if (value instanceof Integer one) {
      writer.write(one, 0, present);
    } else if (value instanceof Long one) {
      writer.write(one, 0, present);
    } else if (value instanceof Float one) {
      writer.write(one, 0, present);
    } else if (value instanceof Double one) {
      writer.write(one, 0, present);
    } else if (value instanceof String one) {
      writer.write(Binary.fromString(one), 0, present);
    } else {
      writer.write(Binary.fromConstantByteArray((byte[]) value), 0, present);
    }
  }

  /** Ends a row group. */
  WrittenColumns endGroup() {
    store.flush();
    store.close();
    RowGroup group = new RowGroup(new ArrayList<>(), 0, rows);
    for (ColumnDescriptor column : schema.getColumns()) {
      group.addToColumns(chunk(column, pages.getOrDefault(column, new Pages())));
    }
    groups.add(group);
    allRows += rows;
    rows = 0;
    pages = new LinkedHashMap<>();
    store = store();
    return this;
  }

  private ColumnChunk chunk(ColumnDescriptor column, Pages written) {
    long start = file.size();
    ColumnMetaData meta =
        new ColumnMetaData(
            type(column.getPrimitiveType()),
            List.of(),
            List.of(column.getPath()),
            compressed ? CompressionCodec.ZSTD : CompressionCodec.UNCOMPRESSED,
            rows,
            0,
            (long) written.dictionary.size() + written.data.size(),
            start + written.dictionary.size());
    if (written.dictionary.size() > 0) {
      meta.setDictionary_page_offset(start);
    }
    file.writeBytes(written.dictionary.toByteArray());
    file.writeBytes(written.data.toByteArray());
    return new ColumnChunk(start).setMeta_data(meta);
  }

  /** Returns the file. */
  byte[] file() throws IOException {
    if (rows > 0) {
      endGroup();
    }
    FileMetaData meta = new FileMetaData(1, new ArrayList<>(), allRows, groups);
    meta.addToSchema(new SchemaElement("schema").setNum_children(schema.getFieldCount()));
    for (ColumnDescriptor column : schema.getColumns()) {
      PrimitiveType type = column.getPrimitiveType();
      SchemaElement element =
          new SchemaElement(type.getName())
              .setType(type(type))
              .setRepetition_type(FieldRepetitionType.valueOf(type.getRepetition().name()));
      if (type.getTypeLength() > 0) {
        element.setType_length(type.getTypeLength());
      }
      meta.addToSchema(element);
    }
    int start = file.size();
    Util.writeFileMetaData(meta, file);
    int length = file.size() - start;
    file.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    file.writeBytes(MAGIC);
    return file.toByteArray();
  }

  private static Type type(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY
        ? Type.BYTE_ARRAY
        : Type.valueOf(type.getPrimitiveTypeName().name());
  }

  private static byte[] raw(BytesInput bytes) throws IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    bytes.writeAllTo(raw);
    return raw.toByteArray();
  }

  private static org.apache.parquet.format.Encoding code(Encoding encoding) {
    return org.apache.parquet.format.Encoding.valueOf(encoding.name());
  }

  /** The pages of one column in one row group. */
  private final class Pages implements PageWriter {
    private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private byte[] packed(byte[] bytes) {
      if (!compressed) {
        return bytes;
      }
      try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
        return zstd.setLevel(ZSTD_LEVEL).setChecksum(true).compress(bytes);
      }
    }

    @Override
    public void writePage(
        BytesInput bytes,
        int values,
        int rowCount,
        Statistics<?> statistics,
        SizeStatistics sizes,
        GeospatialStatistics places,
        Encoding repetitions,
        Encoding definitions,
        Encoding encoding)
        throws IOException {
      byte[] raw = raw(bytes);
      byte[] packed = packed(raw);
      PageHeader header = new PageHeader(PageType.DATA_PAGE, raw.length, packed.length);
      header.setData_page_header(
          new DataPageHeader(values, code(encoding), code(definitions), code(repetitions)));
      Util.writePageHeader(header, data);
      data.writeBytes(packed);
    }

    @Override
    public void writePageV2(
        int rowCount,
        int nulls,
        int values,
        BytesInput repetitions,
        BytesInput definitions,
        Encoding encoding,
        BytesInput bytes,
        Statistics<?> statistics,
        SizeStatistics sizes,
        GeospatialStatistics places)
        throws IOException {
      byte[] raw = raw(bytes);
      byte[] packed = packed(raw);
      int levels = (int) definitions.size();
      PageHeader header =
          new PageHeader(PageType.DATA_PAGE_V2, raw.length + levels, packed.length + levels);
      header.setData_page_header_v2(
          new DataPageHeaderV2(values, nulls, rowCount, code(encoding), levels, 0)
              .setIs_compressed(compressed));
      Util.writePageHeader(header, data);
      definitions.writeAllTo(data);
      data.writeBytes(packed);
    }

    @Override
    public void writeDictionaryPage(DictionaryPage page) throws IOException {
      byte[] raw = raw(page.getBytes());
      byte[] packed = packed(raw);
      PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, raw.length, packed.length);
      header.setDictionary_page_header(
          new DictionaryPageHeader(page.getDictionarySize(), code(page.getEncoding())));
      Util.writePageHeader(header, dictionary);
      dictionary.writeBytes(packed);
    }

    @Override
    @Deprecated
    public void writePage(
        BytesInput bytes,
        int values,
        Statistics<?> statistics,
        Encoding repetitions,
        Encoding definitions,
        Encoding encoding) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writePage(
        BytesInput bytes,
        int values,
        int rowCount,
        Statistics<?> statistics,
        Encoding repetitions,
        Encoding definitions,
        Encoding encoding) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writePageV2(
        int rowCount,
        int nulls,
        int values,
        BytesInput repetitions,
        BytesInput definitions,
        Encoding encoding,
        BytesInput bytes,
        Statistics<?> statistics) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long getMemSize() {
      return data.size();
    }

    @Override
    public long allocatedSize() {
      return data.size();
    }

    @Override
    public String memUsageString(String prefix) {
      return prefix;
    }
  }
}
