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

  SourceConnection(EtcdConnection etcd, EtcdSettings settings, QueueSettings queue) {
    this.etcd = etcd;
    this.catalog = new EtcdCatalog(etcd, settings.metaPrefix());
    this.queue = queue.connect();
  }

  EtcdCatalog catalog() {
    return catalog;
  }

  MessageQueue queue() {
    return queue;
  }

  void close() {
    catalog.close();
    etcd.close();
    queue.close();
  }
}
