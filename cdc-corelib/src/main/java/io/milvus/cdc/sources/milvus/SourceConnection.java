package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.EtcdRefusal;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueSettings;
import io.milvus.cdc.internal.segments.StoredRows;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.sources.Scratch;
import java.util.concurrent.TimeoutException;

/** Holds the clients of one source. All its sessions share one watch of etcd. */
final class SourceConnection {
  private final EtcdConnection etcd;
  private final EtcdEndpoint endpoint;
  private final MetaLayout layout;
  private final EtcdCatalog catalog;
  private final MessageQueue queue;
  private final FlushWatch flushes;
  private final ImportWatch imports;
  private final SourceLimits limits;

  SourceConnection(
      EtcdEndpoint endpoint, MetaLayout layout, QueueSettings queue, String replicateChannel) {
    this.endpoint = endpoint;
    this.layout = layout;
    this.etcd = EtcdConnection.open(endpoint, layout.keys());
    this.catalog = new EtcdCatalog(etcd, layout.prefix());
    this.queue = queue.connect();
    this.flushes = new FlushWatch(this.queue, replicateChannel, queue.topicsComeFirst());
    this.imports = new ImportWatch(etcd, layout.prefix());
    this.limits = new SourceLimits(this.queue);
  }

  EtcdCatalog catalog() {
    return catalog;
  }

  MessageQueue queue() {
    return queue;
  }

  FlushWatch flushes() {
    return flushes;
  }

  ImportWatch imports() {
    return imports;
  }

  SourceLimits limits() {
    return limits;
  }

  /** Returns a view of the rows that the source has stored. The caller closes it. */
  StoredRows storedRows(ObjectStorage storage, Scratch scratch) {
    return new StoredRows(
        etcd, layout.rootPath(), layout.prefix(), storage, scratch.memory(), scratch.directory());
  }

  /**
   * Returns the cause of a failure of etcd. If etcd did not answer, this sends one more request on
   * a connection that fails at once, which reveals problems of TLS.
   */
  RetriableException reason(RetriableException failure) throws InterruptedException {
    if (EtcdRefusal.lasts(failure)) {
      return new SourceRefusedException(failure.what(), failure.cure(), failure);
    }
    if (Causes.find(failure, TimeoutException.class).isEmpty()) {
      return failure;
    }
    try (EtcdConnection probe = EtcdConnection.probe(endpoint, layout.keys())) {
      var unused = probe.revision();
      return failure;
    } catch (RetriableException e) {
      return EtcdRefusal.lasts(e) ? new SourceRefusedException(e.what(), e.cure(), e) : failure;
    }
  }

  void close() {
    flushes.close();
    imports.close();
    catalog.close();
    etcd.close();
    queue.close();
  }
}
