package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/** Reads the pages of one chunk in order, one at a time. For one thread. */
final class ChunkReader implements Closeable {
  private final Chunk chunk;
  private final PageBody bodies;
  private final PageDecoder decoder;
  private long position;
  private long valuesLeft;
  private @Nullable Ahead ahead;
  private @Nullable InputStream page;

  ChunkReader(Chunk chunk, PageBody bodies) {
    this.chunk = chunk;
    this.bodies = bodies;
    this.decoder = new PageDecoder(chunk, bodies);
    this.position = chunk.start();
    this.valuesLeft = chunk.values();
  }

  /** Names a data page whose header was read, by the place of its body. */
  private record Ahead(PageHeader header, long start) {}

  /**
   * Holds the values of one page.
   *
   * @param count the number of values and nulls
   * @param levels 1 for each value and 0 for each null, or null if there are no nulls
   */
  record Page(int count, @Nullable RunLengthBitPackingHybridDecoder levels, ValuesReader values) {}

  /**
   * Returns the next page, which invalidates the earlier pages. Returns null after the last page.
   *
   * @throws SourceException if a page is damaged, or encoded as no Milvus does
   * @throws IOException if the storage fails, or if the library cannot decode the page
   */
  @Nullable Page next() throws IOException {
    closePage();
    Ahead found = peek();
    if (found == null) {
      close();
      return null;
    }
    ahead = null;
    return found.header().getType() == PageType.DATA_PAGE
        ? first(found.header(), found.start())
        : second(found.header(), found.start());
  }

  /**
   * Passes over pages, which are not decompressed. Ends before a page that has more values than may
   * be passed.
   *
   * @return the number of values and nulls in these pages
   */
  long skip(long most) throws IOException {
    closePage();
    long skipped = 0;
    if (position == chunk.start() && valuesLeft <= most) {
      skipped = valuesLeft;
      valuesLeft = 0;
    }
    for (Ahead next = peek(); next != null; next = peek()) {
      int values = values(next);
      if (values > most - skipped) {
        return skipped;
      }
      skipped += count(values);
      ahead = null;
    }
    return skipped;
  }

  /** Reads on until the header of a data page. Returns null if no values are left. */
  private @Nullable Ahead peek() throws IOException {
    while (ahead == null && valuesLeft > 0) {
      SourceStream stream = PageHeaders.stream(chunk, position);
      PageHeader header = PageHeaders.read(chunk, stream);
      long start = stream.position();
      position = start + header.getCompressed_page_size();
      switch (header.getType()) {
        case DATA_PAGE, DATA_PAGE_V2 -> ahead = new Ahead(header, start);
        case DICTIONARY_PAGE -> decoder.foundDictionary(header, start);
        case INDEX_PAGE -> {
          // It has no values.
        }
      }
    }
    return ahead;
  }

  private int values(Ahead page) {
    DataPageHeader first = page.header().getData_page_header();
    DataPageHeaderV2 second = page.header().getData_page_header_v2();
    if (page.header().getType() == PageType.DATA_PAGE && first != null) {
      return first.getNum_values();
    }
    if (page.header().getType() == PageType.DATA_PAGE_V2 && second != null) {
      return second.getNum_values();
    }
    throw undescribed(page.start());
  }

  private SourceException undescribed(long start) {
    return Damage.in(chunk.file(), "the page before byte %d is not described".formatted(start));
  }

  /** Returns a page of the first version: levels and values are compressed together. */
  private Page first(PageHeader header, long start) throws IOException {
    DataPageHeader data = header.getData_page_header();
    if (data == null) {
      throw undescribed(start);
    }
    int count = count(data.getNum_values());
    decoder.prepare(data.getEncoding());
    int size = header.getUncompressed_page_size();
    int compressed = header.getCompressed_page_size();
    InputStream in = bodies.open(chunk, chunk.compressed(), start, compressed, size);
    page = in;
    @Nullable RunLengthBitPackingHybridDecoder levels = null;
    if (optional()) {
      byte[] prefix = bodies.exactly(chunk, in, Integer.BYTES);
      int length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getInt();
      size -= Integer.BYTES;
      requireLevels(length, size);
      size -= length;
      levels = decoder.levels(bodies.exactly(chunk, in, length), count);
    }
    return new Page(count, levels, decoder.values(data.getEncoding(), in, size, count));
  }

  /** Returns a page of the second version: its levels come first and are not compressed. */
  private Page second(PageHeader header, long start) throws IOException {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    if (data == null) {
      throw undescribed(start);
    }
    int count = count(data.getNum_values());
    decoder.prepare(data.getEncoding());
    int length = data.getDefinition_levels_byte_length();
    requireLevels(length, header.getCompressed_page_size());
    requireLevels(length, header.getUncompressed_page_size());
    requireLevels(data.getRepetition_levels_byte_length(), 0);
    @Nullable RunLengthBitPackingHybridDecoder levels = null;
    if (optional()) {
      byte[] encoded = new byte[length];
      chunk.file().read(start, length).get(encoded);
      levels = decoder.levels(encoded, count);
    }
    int compressed = header.getCompressed_page_size() - length;
    int size = header.getUncompressed_page_size() - length;
    boolean isCompressed = !data.isSetIs_compressed() || data.isIs_compressed();
    InputStream in =
        bodies.open(chunk, chunk.compressed() && isCompressed, start + length, compressed, size);
    page = in;
    return new Page(count, levels, decoder.values(data.getEncoding(), in, size, count));
  }

  private boolean optional() {
    return chunk.column().getMaxDefinitionLevel() > 0;
  }

  private void requireLevels(int length, int most) {
    if (length < 0 || length > most) {
      throw Damage.in(chunk.file(), "levels of %d bytes in %d".formatted(length, most));
    }
  }

  /** Counts the values of a page. */
  private int count(int count) {
    if (count < 0 || count > valuesLeft) {
      throw Damage.in(
          chunk.file(), "a page has %d values, and %d are left".formatted(count, valuesLeft));
    }
    valuesLeft -= count;
    return count;
  }

  private void closePage() throws IOException {
    if (page != null) {
      page.close();
      page = null;
    }
  }

  @Override
  public void close() throws IOException {
    closePage();
    decoder.close();
  }
}
