package io.milvus.cdc.http.web;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.ServerConfig.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the server's certificate and key from PEM files, again whenever these change. */
final class Certificates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final long LOOK_MILLIS = 5_000;
  private static final char[] NO_PASSWORD = new char[0];

  private final Tls files;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private final ScheduledExecutorService watcher;
  private final Future<?> watching;
  private String seen;

  private Certificates(Tls files) {
    this.files = files;
    this.seen = stamp();
    use(factory);
    watcher =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "cdc-certificates");
              thread.setDaemon(true);
              return thread;
            });
    watching =
        watcher.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Loads the files.
   *
   * @throws ConfigException if a file is missing or its content is not usable
   */
  static Certificates load(Tls files) {
    return new Certificates(files);
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  private void use(SslContextFactory into) {
    into.setKeyStore(keyStore());
    into.setKeyStorePassword("");
  }

  /**
   * Reloads the files if they have changed. Retains the old certificate if the new files are not
   * usable.
   */
  private void look() {
    String now = stamp();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      factory.reload(this::use);
      LOG.info("certificate={} was read again", files.certificate());
    } catch (Exception e) {
      LOG.warn(
          "The certificate changed and cannot be used. The old certificate stays in use: {}",
          e.getMessage());
    }
  }

  private String stamp() {
    try {
      return Files.getLastModifiedTime(files.certificate())
          + " "
          + Files.getLastModifiedTime(files.key());
    } catch (IOException e) {
      return "";
    }
  }

  private KeyStore keyStore() {
    try {
      CertificateFactory parser = CertificateFactory.getInstance("X.509");
      Certificate[] chain =
          parser
              .generateCertificates(
                  new ByteArrayInputStream(Files.readAllBytes(files.certificate())))
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new ConfigException(
            "'tls.certificate' %s holds no certificate.".formatted(files.certificate()),
            "Set a PEM file.");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("server", key(files.key()), NO_PASSWORD, chain);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigException(
          "The certificate %s with key %s cannot be used: %s."
              .formatted(files.certificate(), files.key(), e),
          "Set PEM files, with the key unencrypted in PKCS#8.",
          e);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    if (!pem.contains("BEGIN PRIVATE KEY")) {
      throw new InvalidKeySpecException("it has no 'BEGIN PRIVATE KEY'");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(body);
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        LOG.debug("No {} key", algorithm);
      }
    }
    throw new InvalidKeySpecException("it is no key of RSA, EC or Ed25519");
  }

  @Override
  public void close() {
    watching.cancel(true);
    watcher.shutdown();
  }
}
