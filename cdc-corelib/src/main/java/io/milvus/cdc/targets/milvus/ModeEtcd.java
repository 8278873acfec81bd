package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;

/**
 * Holds the etcd of a target, which switches its mode.
 *
 * @param rootPath the target's {@code etcd.rootPath}
 */
record ModeEtcd(EtcdEndpoint endpoint, String rootPath) {
  /** Returns the prefix of the target's metadata, with its slash. */
  String metaPrefix() {
    return rootPath + "/meta/";
  }

  /** Opens a connection that waits for an unreachable etcd. */
  EtcdConnection open() {
    return EtcdConnection.open(endpoint, Keyspace.ofMilvus(metaPrefix()));
  }

  /** Opens a connection that fails at once. */
  EtcdConnection probe() {
    return EtcdConnection.probe(endpoint, Keyspace.ofMilvus(metaPrefix()));
  }
}
