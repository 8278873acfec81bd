package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a Milvus is reached over TLS.
 *
 * @param certificates a PEM file with the authorities to trust, null for the JVM's own
 * @param clientCertificate a PEM file with our own certificate, or null
 * @param clientKey a PEM file with the key of that, or null
 * @param serverName the name that Milvus's certificate must hold, null for the address's host
 */
public record TlsSettings(
    @Nullable Path certificates,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    @Nullable String serverName) {
  public static final TlsSettings NONE = new TlsSettings(null, null, null, null);

  /**
   * Checks that a certificate of ours comes with its key.
   *
   * @throws ConfigException if it does not
   */
  public TlsSettings {
    if ((clientCertificate == null) != (clientKey == null)) {
      throw new ConfigException(
          "Only one of the client certificate (%s) and its key (%s) is given. Give both, or none of them."
              .formatted(clientCertificate, clientKey));
    }
  }

  /** The same, with these authorities to trust. */
  public TlsSettings certificates(@Nullable Path pem) {
    return new TlsSettings(pem, clientCertificate, clientKey, serverName);
  }

  /** The same, with a certificate of ours. */
  public TlsSettings clientCertificate(@Nullable Path certificatePem, @Nullable Path keyPem) {
    return new TlsSettings(certificates, certificatePem, keyPem, serverName);
  }

  /** The same, for a Milvus whose certificate holds this name. */
  public TlsSettings serverName(@Nullable String name) {
    return new TlsSettings(certificates, clientCertificate, clientKey, name);
  }

  /** Whether the usual ways of TLS do. */
  public boolean usual() {
    return certificates == null && clientCertificate == null;
  }

  /**
   * Refuses an address that is reached without TLS.
   *
   * @param whose such as {@code the target}
   * @throws ConfigException if anything is given here and the address is no https one
   */
  public void requireTls(URI uri, String whose) {
    if (!equals(NONE) && !"https".equals(uri.getScheme())) {
      throw new ConfigException(
          "%s given, but %s at %s is to be reached without TLS. Give an https address."
              .formatted(
                  usual()
                      ? "The server name is"
                      : certificates == null ? "The client certificate is" : "certificates are",
                  whose,
                  uri));
    }
  }

  /** The exception for files of these that cannot be read. */
  public ConfigException unreadable(Exception cause) {
    List<Path> files =
        Stream.of(certificates, clientCertificate, clientKey).filter(Objects::nonNull).toList();
    return new ConfigException(
        "Certificates in %s cannot be read: %s. Give PEM files: trusted authorities, and a client certificate with its unencrypted PKCS#8 key."
            .formatted(files, cause.getMessage()),
        cause);
  }
}
