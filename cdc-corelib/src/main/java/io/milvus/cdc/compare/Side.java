package io.milvus.cdc.compare;

import io.milvus.cdc.TlsSettings;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.client.MilvusAddress;
import io.milvus.cdc.internal.client.MilvusReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Milvus to compare, source or target. Immutable; nothing is contacted yet.
 *
 * @param uri such as {@code http://milvus:19530}; {@code https} for TLS
 * @param token {@code user:password}, or an API key; null where it asks for none
 * @param tls for an https address
 */
public record Side(URI uri, @Nullable Secret token, TlsSettings tls) {
  /**
   * Checks the address.
   *
   * @throws ConfigException where it is no http(s) address, holds credentials, or is plain although
   *     certificates are given
   */
  public Side {
    if (uri.getUserInfo() != null) {
      throw new ConfigException(
          "The address of %s holds credentials. Set token to user:password instead."
              .formatted(uri.getHost()));
    }
    if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
      throw none(uri.toString(), null);
    }
    tls.requireTls(uri, "Milvus");
  }

  /** One at this address, without a login. */
  public static Side at(String uri) {
    try {
      return new Side(URI.create(uri), null, TlsSettings.NONE);
    } catch (IllegalArgumentException e) {
      throw none(uri, e);
    }
  }

  private static ConfigException none(String uri, @Nullable Throwable cause) {
    return new ConfigException(
        "'%s' is no address of a Milvus. Give one like http://host:19530 or https://host:19530."
            .formatted(uri),
        cause);
  }

  /** The same with a login: {@code user:password}, or an API key. */
  public Side token(String userAndPassword) {
    return new Side(uri, new Secret(userAndPassword), tls);
  }

  /** The same, whose certificate may come from the authorities in a PEM file. */
  public Side certificates(Path pem) {
    return tls(tls.certificates(pem));
  }

  /** The same, reached over TLS so. */
  public Side tls(TlsSettings settings) {
    return new Side(uri, token, settings);
  }

  /** The authorities that its certificate may come from, null for the JVM's. */
  public @Nullable Path certificates() {
    return tls.certificates();
  }

  MilvusReader connect(Duration patience) {
    return MilvusReader.connect(new MilvusAddress(uri, token, tls), patience);
  }
}
