package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.etcd.jetcd.KeyValue;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.preflight.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists the bulk imports that a source remembers, from time to time, on a thread of its own. They
 * are only reported, so no task waits for them. Their keys lie among those of segments, which are
 * too many to watch.
 */
final class ImportWatch implements AutoCloseable {
  private static final String UNSEEN = "Bulk imports on the source would not be noticed now: ";

  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final EtcdConnection etcd;
  private final String meta;
  private volatile List<BulkImport> known = List.of();
  private volatile @Nullable Finding trouble;
  private @Nullable Thread thread;

  ImportWatch(EtcdConnection etcd, String metaPrefix) {
    this.etcd = etcd;
    this.meta = metaPrefix;
  }

  /**
   * Returns the known imports. The first call begins the search. Returns the same instance while
   * nothing changes.
   */
  synchronized List<BulkImport> imports() {
    if (thread == null) {
      thread = new Thread(this::watch, "cdc-imports");
      thread.setDaemon(true);
      thread.start();
    }
    return known;
  }

  /** Returns why imports are not seen, or null. */
  @Nullable Finding trouble() {
    return trouble;
  }

  private void watch() {
    try {
      while (true) {
        try {
          List<BulkImport> found = look();
          if (!found.equals(known)) {
            known = found;
          }
          trouble = null;
        } catch (RetriableException e) {
          trouble = Finding.note(UNSEEN + e.what(), e.cure());
        } catch (InvalidProtocolBufferException e) {
          trouble = Finding.note(UNSEEN + e.getMessage(), "");
        }
        Thread.sleep(PERIOD.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<BulkImport> look() throws InterruptedException, InvalidProtocolBufferException {
    long newest = etcd.revision();
    List<BulkImport> found = new ArrayList<>();
    for (KeyValue entry : etcd.list(meta + ImportRecords.TASKS, newest)) {
      found(entry, true).ifPresent(found::add);
    }
    for (KeyValue entry : etcd.list(meta + ImportRecords.JOBS, newest)) {
      found(entry, false).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  private static Optional<BulkImport> found(KeyValue entry, boolean task)
      throws InvalidProtocolBufferException {
    ByteString value = ByteString.copyFrom(entry.getValue().getBytes());
    return task ? ImportRecords.task(value) : ImportRecords.job(value);
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
