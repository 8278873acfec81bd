package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import java.io.IOException;
import org.apache.parquet.format.PageHeader;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * Reads headers of pages. The library's own method allocates up to 100 MB if a length in the header
 * is damaged. Here the limit is the number of bytes that are left.
 */
final class PageHeaders {
  /** Most headers have fewer than 200 bytes. Statistics of wide vectors add some 100 KB. */
  private static final int PIECE = 512;

  private PageHeaders() {}

  /** Returns the bytes of a chunk from a place on. */
  static SourceStream stream(Chunk chunk, long position) {
    return new SourceStream(chunk.file(), position, chunk.end(), PIECE);
  }

  /**
   * Reads the next header.
   *
   * @throws SourceException if there is none, or if the page does not fit into the chunk
   */
  static PageHeader read(Chunk chunk, SourceStream stream) throws IOException {
    long start = stream.position();
    int limit = (int) Math.min(chunk.end() - start, Integer.MAX_VALUE);
    PageHeader header = new PageHeader();
    try {
      TConfiguration limits = TConfiguration.custom().setMaxMessageSize(limit).build();
      header.read(new TCompactProtocol(new TIOStreamTransport(limits, stream)));
    } catch (TException e) {
      if (e.getCause() instanceof ReadFailed storage) {
        throw storage;
      }
      throw Damage.in(chunk.file(), "there is no page at byte %d".formatted(start), e);
    } catch (RuntimeException e) {
      throw Damage.in(chunk.file(), "there is no page at byte %d".formatted(start), e);
    }
    long left = chunk.end() - stream.position();
    if (header.getCompressed_page_size() < 0
        || header.getCompressed_page_size() > left
        || header.getUncompressed_page_size() < 0) {
      throw Damage.in(
          chunk.file(),
          "the page at byte %d has a length of %d, and %d bytes are left"
              .formatted(start, header.getCompressed_page_size(), left));
    }
    return header;
  }
}
