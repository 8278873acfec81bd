package io.milvus.cdc.source.milvus;

import io.milvus.cdc.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a source's etcd.
 *
 * @param rootPath Milvus's {@code etcd.rootPath}
 * @param metaSubPath Milvus's {@code etcd.metaSubPath}
 * @param user where etcd asks for one, with its password
 * @param trustedCertificates a PEM file for https endpoints, null for the JVM's own
 */
record EtcdSettings(
    List<String> endpoints,
    String rootPath,
    String metaSubPath,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable Path trustedCertificates) {

  /** The prefix of Milvus's metadata keys, with its slash. */
  String metaPrefix() {
    return rootPath + "/" + metaSubPath + "/";
  }
}
