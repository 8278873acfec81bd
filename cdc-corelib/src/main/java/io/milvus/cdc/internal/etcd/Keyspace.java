package io.milvus.cdc.internal.etcd;

/**
 * Selects the keys of an etcd that a connection is for. A refusal names the permission that they
 * need.
 *
 * @param prefix the text that the keys begin with
 * @param milvus whether a Milvus wrote them; else they are our own
 */
public record Keyspace(String prefix, boolean milvus) {
  /** Returns the metadata of a Milvus, which we read. */
  public static Keyspace ofMilvus(String metaPrefix) {
    return new Keyspace(metaPrefix, true);
  }

  /** Returns keys of our own, which we read and write. */
  public static Keyspace ours(String prefix) {
    return new Keyspace(prefix, false);
  }
}
