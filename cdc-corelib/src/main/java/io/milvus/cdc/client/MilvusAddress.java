package io.milvus.cdc.client;

import io.milvus.cdc.Secret;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Milvus.
 *
 * @param token {@code user:password} or an API key, where it asks for one
 * @param certificates a PEM file for https, null for the JVM's own
 */
public record MilvusAddress(URI uri, @Nullable Secret token, @Nullable Path certificates) {
  public int port() {
    return uri.getPort() > 0 ? uri.getPort() : tls() ? 443 : 19530;
  }

  public boolean tls() {
    return "https".equals(uri.getScheme());
  }
}
