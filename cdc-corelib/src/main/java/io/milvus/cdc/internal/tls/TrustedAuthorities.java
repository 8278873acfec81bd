package io.milvus.cdc.internal.tls;

import io.milvus.cdc.error.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Reads the authorities in a PEM file for the JDK's own clients. */
public final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /**
   * Returns a context that trusts only these authorities.
   *
   * @throws ConfigException if the file cannot be read, or holds no certificate
   */
  public static SSLContext in(Path pem) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(pem), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw unreadable(pem, e);
    }
  }

  /**
   * Returns managers that trust only these authorities.
   *
   * @throws ConfigException if the file cannot be read, or holds no certificate
   */
  public static TrustManager[] managers(Path pem) {
    try (InputStream file = Files.newInputStream(pem)) {
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        authorities.setCertificateEntry("authority " + authorities.size(), one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      return trust.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(pem, e);
    }
  }

  private static ConfigException unreadable(Path pem, Exception cause) {
    return new ConfigException(
        "Certificates in %s cannot be read: %s.".formatted(pem, cause.getMessage()),
        "Set a PEM file of trusted authorities.",
        cause);
  }
}
