package io.milvus.cdc.source.milvus;

import io.milvus.cdc.etcd.EtcdConnection;
import io.milvus.cdc.etcd.EtcdSettings;
import io.milvus.cdc.source.mq.MessageQueue;
import io.milvus.cdc.source.mq.QueueSettings;

/** The clients of one source: however many sessions use them, there is one watch of etcd. */
final class SourceConnection {
  private final EtcdConnection etcd;
  private final EtcdCatalog catalog;
  private final MessageQueue queue;
  private final FlushWatch flushes;
  private final ImportWatch imports;
  private final SourceLimits limits;

  SourceConnection(
      EtcdConnection etcd, EtcdSettings settings, QueueSettings queue, String replicateChannel) {
    this.etcd = etcd;
    this.catalog = new EtcdCatalog(etcd, settings.metaPrefix());
    this.queue = queue.connect();
    this.flushes = new FlushWatch(this.queue, replicateChannel, queue.topicsComeFirst());
    this.imports = new ImportWatch(etcd, settings.metaPrefix());
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

  void close() {
    flushes.close();
    imports.close();
    catalog.close();
    etcd.close();
    queue.close();
  }
}
