package io.milvus.cdc.source.milvus;

import io.milvus.cdc.Secret;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the source's own API.
 *
 * @param token {@code user:password} or an API key, where the source asks for one
 * @param certificates a PEM file for https, null for the JVM's own
 */
record ApiSettings(URI uri, @Nullable Secret token, @Nullable Path certificates) {
  int port() {
    return uri.getPort() > 0 ? uri.getPort() : tls() ? 443 : 19530;
  }

  boolean tls() {
    return "https".equals(uri.getScheme());
  }
}
