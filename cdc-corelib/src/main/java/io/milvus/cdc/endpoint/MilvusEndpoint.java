package io.milvus.cdc.endpoint;

import io.milvus.cdc.error.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The address of a Milvus, with its login and its certificates. */
public final class MilvusEndpoint {
  private static final int PORT = 19530;
  private static final int TLS_PORT = 443;

  private final URI uri;
  private final @Nullable Secret token;
  private final TlsSettings tls;

  private MilvusEndpoint(URI uri, @Nullable Secret token, TlsSettings tls) {
    this.uri = uri;
    this.token = token;
    this.tls = tls;
  }

  /**
   * Creates an endpoint.
   *
   * @param uri such as {@code http://milvus:19530}, or {@code https} for TLS
   * @throws ConfigException if the address is not valid, or holds credentials
   */
  public static MilvusEndpoint at(String uri) {
    URI parsed =
        HttpAddress.parse(
            "Milvus",
            uri,
            "http://host:19530 or https://host:19530",
            "Set token to user:password instead.");
    return new MilvusEndpoint(HttpAddress.normalized(parsed), null, TlsSettings.NONE);
  }

  /** Returns a copy that logs in with {@code user:password} or an API key. Default: no login. */
  public MilvusEndpoint token(String userAndPassword) {
    return new MilvusEndpoint(
        uri, new Secret(Objects.requireNonNull(userAndPassword, "userAndPassword")), tls);
  }

  /**
   * Returns a copy that trusts the authorities in a PEM file. Default: those of the JVM.
   *
   * @throws ConfigException if the address has no TLS
   */
  public MilvusEndpoint trust(Path authoritiesPem) {
    return secured(tls.trust(authoritiesPem));
  }

  /**
   * Returns a copy that presents a client certificate, for a Milvus with {@code
   * common.security.tlsMode: 2}. Default: none.
   *
   * @param certificatePem a PEM file
   * @param keyPem a PEM file with the unencrypted PKCS#8 key
   * @throws ConfigException if only one of them is set, or the address has no TLS
   */
  public MilvusEndpoint clientCertificate(Path certificatePem, Path keyPem) {
    return secured(tls.clientCertificate(certificatePem, keyPem));
  }

  /**
   * Returns a copy that expects this name in the server's certificate. Default: the address's host.
   *
   * @throws ConfigException if the address has no TLS
   */
  public MilvusEndpoint serverName(String name) {
    return secured(tls.serverName(name));
  }

  private MilvusEndpoint secured(TlsSettings settings) {
    settings.requireTls(usesTls(), this, "Use an https address.");
    return new MilvusEndpoint(uri, token, settings);
  }

  /** Returns the address. */
  public URI uri() {
    return uri;
  }

  /** Returns the port of the address, or the default port. */
  public int port() {
    return uri.getPort() > 0 ? uri.getPort() : usesTls() ? TLS_PORT : PORT;
  }

  /** Returns {@code user:password} or the API key, or null if there is no login. */
  public @Nullable Secret credentials() {
    return token;
  }

  /** Returns whether the connection uses TLS. */
  public boolean usesTls() {
    return HttpAddress.isHttps(uri);
  }

  /** Returns the certificates. */
  public TlsSettings tls() {
    return tls;
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(uri, token, tls);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MilvusEndpoint that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "Milvus at " + uri;
  }
}
