package io.milvus.cdc.internal.client;

import io.milvus.cdc.TlsSettings;
import io.milvus.cdc.endpoint.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Milvus.
 *
 * @param token {@code user:password} or an API key, where it asks for one
 * @param settings for an https address
 */
public record MilvusAddress(URI uri, @Nullable Secret token, TlsSettings settings) {
  public int port() {
    return uri.getPort() > 0 ? uri.getPort() : tls() ? 443 : 19530;
  }

  public boolean tls() {
    return "https".equals(uri.getScheme());
  }
}
