package io.milvus.cdc.endpoint;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds the certificates of an endpoint. Set them by the endpoint's methods. */
public final class TlsSettings {
  static final TlsSettings NONE = new TlsSettings(null, null, null, null);

  private final @Nullable Path trusted;
  private final @Nullable Path clientCertificate;
  private final @Nullable Path clientKey;
  private final @Nullable String serverName;

  private TlsSettings(
      @Nullable Path trusted,
      @Nullable Path clientCertificate,
      @Nullable Path clientKey,
      @Nullable String serverName) {
    this.trusted = trusted;
    this.clientCertificate = clientCertificate;
    this.clientKey = clientKey;
    this.serverName = serverName;
  }

  TlsSettings trust(Path authorities) {
    return new TlsSettings(
        Objects.requireNonNull(authorities, "authorities"),
        clientCertificate,
        clientKey,
        serverName);
  }

  TlsSettings clientCertificate(Path certificate, Path key) {
    if ((certificate == null) != (key == null)) {
      throw new ConfigException(
          "Only one of the client certificate (%s) and its key (%s) is set."
              .formatted(certificate, key),
          "Set both, or leave both out.");
    }
    return new TlsSettings(
        trusted, Objects.requireNonNull(certificate, "certificate"), key, serverName);
  }

  TlsSettings serverName(String name) {
    return new TlsSettings(
        trusted, clientCertificate, clientKey, Objects.requireNonNull(name, "name"));
  }

  /** Returns the PEM file of the trusted authorities, or null for those of the JVM. */
  public @Nullable Path trusted() {
    return trusted;
  }

  /** Returns the PEM file of the client certificate, or null if there is none. */
  public @Nullable Path clientCertificate() {
    return clientCertificate;
  }

  /** Returns the PEM file of the client certificate's key, or null if there is none. */
  public @Nullable Path clientKey() {
    return clientKey;
  }

  /** Returns the name that the server's certificate must hold, or null for the address's host. */
  public @Nullable String serverName() {
    return serverName;
  }

  /** Returns all PEM files. */
  public List<Path> files() {
    return Stream.of(trusted, clientCertificate, clientKey).filter(Objects::nonNull).toList();
  }

  /**
   * Rejects an address without TLS if a setting needs TLS.
   *
   * @param endpoint such as {@code etcd at [http://etcd:2379]}
   * @param cure a sentence
   */
  void requireTls(boolean tls, Object endpoint, String cure) {
    if (!tls && !equals(NONE)) {
      throw new ConfigException("%s, but %s uses no TLS.".formatted(given(), endpoint), cure);
    }
  }

  private String given() {
    if (trusted != null) {
      return "Trusted certificates are set";
    }
    return clientCertificate != null ? "The client certificate is set" : "The server name is set";
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(trusted, clientCertificate, clientKey, serverName);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TlsSettings that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "TlsSettings" + values();
  }
}
