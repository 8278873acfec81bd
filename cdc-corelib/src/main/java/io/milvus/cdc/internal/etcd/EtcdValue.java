package io.milvus.cdc.internal.etcd;

/**
 * What a key held.
 *
 * @param modified the revision of etcd that gave the key this value
 * @param readAt the revision of etcd that it was read at
 */
public record EtcdValue(String text, long modified, long readAt) {}
