package io.milvus.cdc.internal.etcd;

/**
 * Holds the value that a key had.
 *
 * @param modified the revision of etcd that set this value
 * @param readAt the revision of etcd that was read
 */
public record EtcdValue(String text, long modified, long readAt) {}
