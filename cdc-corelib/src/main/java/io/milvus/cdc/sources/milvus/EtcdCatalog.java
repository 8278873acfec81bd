package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.NewestChange;
import io.milvus.cdc.preflight.Finding;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows Milvus's catalog in etcd. It lists the keys once at a revision and watches from the next.
 * If the watch breaks or falls behind, it lists them again.
 *
 * <p>One watch spans the living keys of all coordinators and their historical copies, so that both
 * sides of a transaction arrive together and in order.
 */
final class EtcdCatalog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdCatalog.class);
  private static final long WATCH_PATIENCE_MILLIS = 3000;

  private final EtcdConnection etcd;
  private final String meta;

  /** The ranges in which every change of the catalog appears. */
  private final List<NewestChange.Range> telling;

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Lets one thread at a time send a request to etcd. */
  private final ReentrantLock asking = new ReentrantLock();

  /** The number of calls that have begun, and the number of those that the last answer covers. */
  private long begun;

  private long answered;
  private @Nullable CdcException refusal;

  private CatalogState state = new CatalogState();
  private Watch.@Nullable Watcher watcher;

  /**
   * The revision up to which everything is in the state. The watch raises it, and so does an answer
   * without news.
   */
  private long seen;

  private @Nullable Throwable broken = new IllegalStateException("not listed yet");

  /** Distinguishes the present watch from those that were abandoned. */
  private long generation;

  EtcdCatalog(EtcdConnection etcd, String metaPrefix) {
    this.etcd = etcd;
    this.meta = metaPrefix;
    this.telling =
        CatalogKey.TELLING.stream()
            .map(range -> new NewestChange.Range(meta + range.from(), meta + range.to()))
            .toList();
  }

  /** Adds a callback, which is run on any thread after each change. */
  void addListener(Runnable listener) {
    listeners.add(listener);
  }

  void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  /**
   * Returns the catalog with everything that was committed before this call. Calls that arrive
   * during a request to etcd wait for the next answer and share it, even if it is a failure.
   */
  Catalog sync() throws InterruptedException {
    long call = begin();
    asking.lockInterruptibly();
    try {
      if (!isAnswered(call)) {
        answer();
      }
    } finally {
      asking.unlock();
    }
    return current();
  }

  private synchronized long begin() {
    return ++begun;
  }

  private synchronized boolean isAnswered(long call) {
    if (call > answered) {
      return false;
    }
    if (refusal != null) {
      throw refusal;
    }
    return true;
  }

  private void answer() throws InterruptedException {
    long upTo = lastBegun();
    try {
      catchUp();
      answered(upTo, null);
    } catch (CdcException e) {
      answered(upTo, e);
      throw e;
    }
  }

  private synchronized long lastBegun() {
    return begun;
  }

  private synchronized void answered(long upTo, @Nullable CdcException why) {
    answered = upTo;
    refusal = why;
  }

  private void catchUp() throws InterruptedException {
    if (broken() != null) {
      list();
    }
    NewestChange newest = newestChange();
    if (newest.revision() == 0) {
      nothingUntil(newest.asOf());
    } else if (!awaitSeen(newest.revision())) {
      LOG.info("The etcd watch is behind or broken; listing the catalog again");
      list();
    }
  }

  private synchronized @Nullable Throwable broken() {
    return broken;
  }

  private synchronized Catalog current() {
    return state.catalog();
  }

  /** Returns the problem of each key that cannot be read. */
  synchronized List<Finding> unreadable() {
    return state.unreadable();
  }

  private NewestChange newestChange() throws InterruptedException {
    return NewestChange.in(etcd, telling, nextToSee());
  }

  private synchronized long nextToSee() {
    return seen + 1;
  }

  private synchronized void nothingUntil(long revision) {
    seen = Math.max(seen, revision);
  }

  private synchronized boolean awaitSeen(long revision) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WATCH_PATIENCE_MILLIS);
    while (seen < revision && broken == null) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return broken == null;
  }

  private void list() throws InterruptedException {
    fallBehind();
    stopWatching();
    CatalogState listed = new CatalogState();
    long revision = etcd.revision();
    read(meta + CatalogKey.ROOT + "database/", revision, listed);
    for (CatalogKey.Kind kind :
        new CatalogKey.Kind[] {
          CatalogKey.Kind.FIELD,
          CatalogKey.Kind.FUNCTION,
          CatalogKey.Kind.PARTITION,
          CatalogKey.Kind.INDEX,
          CatalogKey.Kind.LOADED_COLLECTION,
          CatalogKey.Kind.LOADED_PARTITION
        }) {
      read(meta + kind.prefix, revision, listed);
    }
    for (CatalogKey.Kind kind :
        new CatalogKey.Kind[] {
          CatalogKey.Kind.DATABASE, CatalogKey.Kind.COLLECTION, CatalogKey.Kind.PARTITION
        }) {
      read(meta + CatalogKey.HISTORY + kind.prefix, revision, listed);
    }
    read(meta + CatalogKey.HISTORY + AliasState.PREFIX, revision, listed);
    read(meta + AccessState.PREFIX, revision, listed);
    read(meta + AccessState.PRIVILEGE_GROUPS, revision, listed);
    synchronized (this) {
      state = listed;
      seen = revision;
      broken = null;
      watcher = watch(revision + 1, generation);
    }
  }

  /**
   * Marks the state as incomplete until the list is complete. The list may be interrupted; another
   * thread then requests it.
   */
  private synchronized void fallBehind() {
    broken = broken == null ? new IllegalStateException("being listed") : broken;
  }

  private void read(String prefix, long revision, CatalogState into) throws InterruptedException {
    for (KeyValue entry : etcd.list(prefix, revision)) {
      into.apply(relative(entry), ByteString.copyFrom(entry.getValue().getBytes()));
    }
  }

  private Watch.Watcher watch(long revision, long ofGeneration) {
    WatchOption option =
        WatchOption.builder()
            .withRevision(revision)
            .withRange(EtcdConnection.prefixEnd(meta + CatalogKey.HISTORY + CatalogKey.ROOT))
            .withRequireLeader(true)
            .build();
    return etcd.watch(
        meta + CatalogKey.FIRST,
        option,
        Watch.listener(
            response -> take(response, ofGeneration),
            error -> fail(error, ofGeneration),
            () -> fail(new RetriableException("etcd ended the watch", ""), ofGeneration)));
  }

  private void take(WatchResponse response, long ofGeneration) {
    synchronized (this) {
      if (generation != ofGeneration || broken != null) {
        return;
      }
      try {
        for (WatchEvent event : response.getEvents()) {
          boolean deleted = event.getEventType() == WatchEvent.EventType.DELETE;
          state.apply(
              relative(event.getKeyValue()),
              deleted ? null : ByteString.copyFrom(event.getKeyValue().getValue().getBytes()));
        }
        seen = Math.max(seen, response.getHeader().getRevision());
      } catch (CdcException e) {
        broken = e;
      }
      notifyAll();
    }
    listeners.forEach(Runnable::run);
  }

  private void fail(Throwable error, long ofGeneration) {
    synchronized (this) {
      if (generation != ofGeneration) {
        return;
      }
      broken = error;
      notifyAll();
    }
    LOG.info("The etcd watch broke, the catalog will be listed again: {}", error.toString());
    listeners.forEach(Runnable::run);
  }

  private String relative(KeyValue entry) {
    return entry.getKey().toString().substring(meta.length());
  }

  private void stopWatching() {
    Watch.Watcher old;
    synchronized (this) {
      generation++;
      old = watcher;
      watcher = null;
    }
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    stopWatching();
  }
}
