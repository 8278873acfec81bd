package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.internal.etcd.Keyspace;

/**
 * The place of a Milvus's metadata in its etcd.
 *
 * @param rootPath its {@code etcd.rootPath}
 * @param metaSubPath its {@code etcd.metaSubPath}
 */
record MetaLayout(String rootPath, String metaSubPath) {
  /** Returns the prefix of all keys, with its slash. */
  String prefix() {
    return rootPath + "/" + metaSubPath + "/";
  }

  Keyspace keys() {
    return Keyspace.ofMilvus(prefix());
  }
}
