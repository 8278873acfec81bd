package io.milvus.cdc.endpoint;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The address of a Kafka, with its login and its certificates. */
public final class KafkaEndpoint {
  private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

  private final String address;
  private final @Nullable String mechanism;
  private final @Nullable String user;
  private final @Nullable Secret password;
  private final boolean secure;
  private final TlsSettings tls;

  private KafkaEndpoint(
      String address,
      @Nullable String mechanism,
      @Nullable String user,
      @Nullable Secret password,
      boolean secure,
      TlsSettings tls) {
    this.address = address;
    this.mechanism = mechanism;
    this.user = user;
    this.password = password;
    this.secure = secure;
    this.tls = tls;
  }

  /**
   * Creates an endpoint.
   *
   * @param brokers such as {@code kafka:9092}; several are separated by commas
   * @throws ConfigException if the address is not valid
   */
  public static KafkaEndpoint at(String brokers) {
    HttpAddress.refuseCredentials(
        "Kafka", brokers, "Set the user and the password for Kafka instead.");
    if (!brokers.matches("\\s*[^\\s,]+:\\d+\\s*(,\\s*[^\\s,]+:\\d+\\s*)*")) {
      throw new ConfigException(
          "'%s' is not a valid address of Kafka.".formatted(brokers),
          "Use an address like host:9092, or several, separated by commas.");
    }
    return new KafkaEndpoint(brokers, null, null, null, false, TlsSettings.NONE);
  }

  /**
   * Returns a copy that logs in. Default: no login.
   *
   * @param saslMechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}
   * @throws ConfigException if the mechanism is another one
   */
  public KafkaEndpoint login(String saslMechanism, String userName, String secret) {
    if (!MECHANISMS.contains(Objects.requireNonNull(saslMechanism, "saslMechanism"))) {
      throw new ConfigException(
          "Kafka does not know the login mechanism '%s'.".formatted(saslMechanism),
          "Use one of %s.".formatted(MECHANISMS));
    }
    return new KafkaEndpoint(
        address,
        saslMechanism,
        Objects.requireNonNull(userName, "userName"),
        new Secret(Objects.requireNonNull(secret, "secret")),
        secure,
        tls);
  }

  /** Returns a copy that uses TLS. Default: TLS only if there are certificates. */
  public KafkaEndpoint overTls() {
    return secured(tls);
  }

  /** Returns a copy that uses TLS and trusts the authorities in a PEM file. */
  public KafkaEndpoint trust(Path authoritiesPem) {
    return secured(tls.trust(authoritiesPem));
  }

  /**
   * Returns a copy that uses TLS and presents a client certificate. Default: none.
   *
   * @param certificatePem a PEM file
   * @param keyPem a PEM file with the unencrypted PKCS#8 key
   * @throws ConfigException if only one of them is set
   */
  public KafkaEndpoint clientCertificate(Path certificatePem, Path keyPem) {
    return secured(tls.clientCertificate(certificatePem, keyPem));
  }

  private KafkaEndpoint secured(TlsSettings settings) {
    return new KafkaEndpoint(address, mechanism, user, password, true, settings);
  }

  /** Returns the addresses of the brokers, separated by commas. */
  public String address() {
    return address;
  }

  /** Returns the mechanism of the login, or null if there is no login. */
  public @Nullable String mechanism() {
    return mechanism;
  }

  /** Returns the user, or null if there is no login. */
  public @Nullable String user() {
    return user;
  }

  /** Returns the user's password, or null if there is no login. */
  public @Nullable Secret password() {
    return password;
  }

  /** Returns whether the connection uses TLS. */
  public boolean usesTls() {
    return secure;
  }

  /** Returns the certificates. */
  public TlsSettings tls() {
    return tls;
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(address, mechanism, user, password, secure, tls);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KafkaEndpoint that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "Kafka at " + address;
  }
}
