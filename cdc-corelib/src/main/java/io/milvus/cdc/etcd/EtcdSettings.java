package io.milvus.cdc.etcd;

import io.milvus.cdc.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the etcd of a Milvus.
 *
 * @param rootPath Milvus's {@code etcd.rootPath}
 * @param metaSubPath Milvus's {@code etcd.metaSubPath}
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

  /** The prefix of Milvus's metadata keys, with its slash. */
  public String metaPrefix() {
    return rootPath + "/" + metaSubPath + "/";
  }
}
