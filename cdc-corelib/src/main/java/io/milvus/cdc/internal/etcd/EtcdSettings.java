package io.milvus.cdc.internal.etcd;

import io.milvus.cdc.endpoint.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach an etcd, be it a Milvus's or one that has keys of our own.
 *
 * @param rootPath Milvus's {@code etcd.rootPath}, or what our own keys begin with
 * @param metaSubPath Milvus's {@code etcd.metaSubPath}; empty for keys of our own
 * @param user where etcd asks for one, with its password
 * @param trustedCertificates a PEM file for https endpoints, null for the JVM's own
 * @param clientCertificate a PEM file, where etcd asks for a certificate of ours, with its key
 */
public record EtcdSettings(
    List<String> endpoints,
    String rootPath,
    String metaSubPath,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable Path trustedCertificates,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey) {

  public boolean tls() {
    return endpoints.stream().anyMatch(endpoint -> endpoint.startsWith("https://"));
  }

  /** The prefix of Milvus's metadata keys, or of ours, with its slash. */
  public String metaPrefix() {
    return ours() ? rootPath + "/" : rootPath + "/" + metaSubPath + "/";
  }

  /** Whether the keys are no Milvus's. */
  boolean ours() {
    return metaSubPath.isEmpty();
  }
}
