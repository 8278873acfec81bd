package io.milvus.cdc.internal.segments;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.spill.Spill;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ExistingRows.Reading;
import io.milvus.cdc.sources.ExistingRows.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Reads the stored rows of a Milvus 2.3 to 2.5. For one thread. */
public final class StoredRows implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The length of the range of timestamps that the time service reserves. */
  private static final long RANGE_MILLIS = 3000;

  private final String rootPath;
  private final StoredParts parts;
  private final long memory;
  private final Path spillDirectory;

  /**
   * Creates a reader. Contacts no server.
   *
   * @param etcd the connection, which {@link #close} leaves open
   * @param rootPath the source's {@code etcd.rootPath}
   * @param meta the prefix of the source's metadata, with its slash
   * @param storage the source's objects; {@link #close} closes it
   * @param memory the bytes of read rows that may be in memory; others are moved to disk
   * @param spillDirectory holds rows, and copies of the source's files
   */
  public StoredRows(
      EtcdConnection etcd,
      String rootPath,
      String meta,
      ObjectStorage storage,
      long memory,
      Path spillDirectory) {
    this(
        rootPath,
        new StoredParts(new EtcdMetaKeys(etcd), meta, storage, PAUSE),
        memory,
        spillDirectory);
  }

  StoredRows(String rootPath, StoredParts parts, long memory, Path spillDirectory) {
    this.rootPath = rootPath;
    this.parts = parts;
    this.memory = memory;
    this.spillDirectory = spillDirectory;
  }

  /** As {@link ExistingRows#cut}. */
  public long cut() throws InterruptedException {
    return CutTime.read(parts.etcd(), rootPath);
  }

  /**
   * As {@link ExistingRows#hasPassed}.
   *
   * <p>The time service stores a new end of its range when it reaches the old one, three seconds
   * ahead (Milvus 2.3.5 internal/tso/global_allocator.go). A checkpoint of a channel is never ahead
   * of it.
   */
  public boolean hasPassed(long cut) throws InterruptedException {
    return channels().newest() >= cut
        || CutTime.read(parts.etcd(), rootPath) >= Timestamps.plusMillis(cut, RANGE_MILLIS);
  }

  private ChannelCheckpoints channels() throws InterruptedException {
    return ChannelCheckpoints.read(parts.etcd(), parts.meta(), parts.etcd().revision());
  }

  /** As {@link ExistingRows#behind}. */
  public Map<String, Long> behind(long cut, Collection<CollectionEntry> collections)
      throws InterruptedException {
    return channels()
        .behind(cut, collections.stream().flatMap(one -> one.shards().stream()).toList());
  }

  /** As {@link ExistingRows#read}. */
  public Reading read(Span span, Collection<CollectionEntry> collections)
      throws InterruptedException {
    Wanted wanted = new Wanted(collections);
    StoredReading reading =
        new StoredReading(
            parts,
            wanted,
            span,
            memory,
            new SourceFiles(parts.storage(), spillDirectory),
            Spill.in(spillDirectory));
    boolean begun = false;
    try {
      reading.begin();
      begun = true;
      return reading;
    } finally {
      if (!begun) {
        reading.close();
      }
    }
  }

  @Override
  public void close() {
    parts.storage().close();
  }
}
