package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the library's decoder for a page of one chunk: plain, or by a dictionary. Milvus 2.3 to
 * 2.5 write with arrow-go 12, which uses no other encoding. For one thread.
 */
final class PageDecoder implements Closeable {
  @SuppressWarnings("deprecation") // The former name of the same encoding.
  private static final Set<Encoding> BY_DICTIONARY =
      Set.of(Encoding.RLE_DICTIONARY, Encoding.PLAIN_DICTIONARY);

  private final Chunk chunk;
  private final PageBody bodies;

  /** The header of the dictionary's page, and the place of its body. */
  private @Nullable PageHeader dictionaryHeader;

  private long dictionaryStart;
  private @Nullable Dictionary dictionary;

  /** The page of a dictionary that is not in memory as a whole. */
  private @Nullable InputStream dictionaryPage;

  PageDecoder(Chunk chunk, PageBody bodies) {
    this.chunk = chunk;
    this.bodies = bodies;
  }

  /** Returns a decoder of levels: 1 for each value and 0 for each null. */
  RunLengthBitPackingHybridDecoder levels(byte[] encoded, int count) throws IOException {
    ByteBuffer runs = ByteBuffer.wrap(encoded);
    Runs.check(runs, 1, count);
    return new RunLengthBitPackingHybridDecoder(1, ByteBufferInputStream.wrap(runs));
  }

  /**
   * Returns a decoder of values.
   *
   * @param page the page behind its levels, with {@code size} bytes
   * @throws SourceException if there is no dictionary, or if the encoding is another
   */
  ValuesReader values(
      org.apache.parquet.format.Encoding code, InputStream page, int size, int count)
      throws IOException {
    Encoding encoding = Encoding.valueOf(code.name());
    if (BY_DICTIONARY.contains(encoding)) {
      if (dictionary == null) {
        throw Damage.in(chunk.file(), "a page needs a dictionary, and there is none");
      }
      ByteBuffer places = bodies.whole(chunk, page, size);
      if (places.hasRemaining()) {
        Runs.check(places.slice(1, places.remaining() - 1), places.get(0), count);
      }
      return started(
          encoding.getDictionaryBasedValuesReader(chunk.column(), ValuesType.VALUES, dictionary),
          places,
          count);
    }
    if (encoding != Encoding.PLAIN) {
      throw Damage.unknown(chunk.file(), "its Parquet encoding is " + encoding);
    }
    if (!(page instanceof ByteBufferInputStream) && bytes()) {
      return new StreamedBytes(page, width(), size);
    }
    ByteBuffer whole = bodies.whole(chunk, page, size);
    return started(encoding.getValuesReader(chunk.column(), ValuesType.VALUES), whole, count);
  }

  private static ValuesReader started(ValuesReader reader, ByteBuffer page, int count)
      throws IOException {
    reader.initFromPage(count, ByteBufferInputStream.wrap(page));
    return reader;
  }

  /** Notes the dictionary of the following pages. It is read when the first page needs it. */
  void foundDictionary(PageHeader header, long start) {
    DictionaryPageHeader data = header.getDictionary_page_header();
    int size = header.getUncompressed_page_size();
    // Each value has at least one byte.
    if (data == null || data.getNum_values() < 0 || data.getNum_values() > size) {
      throw Damage.in(chunk.file(), "a dictionary of %d bytes has too many values".formatted(size));
    }
    if (dictionaryHeader != null) {
      throw Damage.in(chunk.file(), "a row group has two dictionaries");
    }
    dictionaryHeader = header;
    dictionaryStart = start;
  }

  /** Reads the dictionary if pages of this encoding need it. Do so before the page is opened. */
  void prepare(org.apache.parquet.format.Encoding code) throws IOException {
    PageHeader header = dictionaryHeader;
    if (dictionary == null
        && header != null
        && BY_DICTIONARY.contains(Encoding.valueOf(code.name()))) {
      dictionary = read(header, dictionaryStart);
    }
  }

  private Dictionary read(PageHeader header, long start) throws IOException {
    int size = header.getUncompressed_page_size();
    int values = header.getDictionary_page_header().getNum_values();
    InputStream page = dictionaryPage(header, start);
    if (page instanceof ByteBufferInputStream || !bytes()) {
      return dictionary(page, size, values);
    }
    dictionaryPage = page;
    return new StreamedDictionary(
        new StreamedBytes(page, width(), size),
        values,
        () -> {
          close();
          return dictionary(dictionaryPage(header, start), size, values);
        });
  }

  private InputStream dictionaryPage(PageHeader header, long start) throws IOException {
    return bodies.open(
        chunk,
        chunk.compressed(),
        start,
        header.getCompressed_page_size(),
        header.getUncompressed_page_size());
  }

  private Dictionary dictionary(InputStream page, int size, int count) throws IOException {
    try (page) {
      ByteBuffer values = bodies.detach(bodies.whole(chunk, page, size));
      return Encoding.PLAIN.initDictionary(
          chunk.column(), new DictionaryPage(BytesInput.from(values), count, Encoding.PLAIN));
    }
  }

  /** Returns whether the values are byte strings. */
  private boolean bytes() {
    PrimitiveTypeName type = chunk.column().getPrimitiveType().getPrimitiveTypeName();
    return type == PrimitiveTypeName.BINARY || type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
  }

  /** Returns the bytes of each byte string, or -1 if they differ. */
  private int width() {
    PrimitiveType type = chunk.column().getPrimitiveType();
    return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY ? -1 : type.getTypeLength();
  }

  @Override
  public void close() throws IOException {
    if (dictionaryPage != null) {
      dictionaryPage.close();
      dictionaryPage = null;
    }
  }
}
