package io.milvus.cdc.endpoint;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The address of a Pulsar, with its token and its certificates. */
public final class PulsarEndpoint {
  private static final String LOGIN = "Set the token instead.";

  private final String address;
  private final @Nullable String administration;
  private final @Nullable Secret token;
  private final TlsSettings tls;

  private PulsarEndpoint(
      String address, @Nullable String administration, @Nullable Secret token, TlsSettings tls) {
    this.address = address;
    this.administration = administration;
    this.token = token;
    this.tls = tls;
  }

  /**
   * Creates an endpoint.
   *
   * @param serviceUrl such as {@code pulsar://mq:6650}, or {@code pulsar+ssl} for TLS; several
   *     brokers are separated by commas
   * @throws ConfigException if the address is not valid
   */
  public static PulsarEndpoint at(String serviceUrl) {
    HttpAddress.refuseCredentials("Pulsar", serviceUrl, LOGIN);
    if (!serviceUrl.matches("pulsar(\\+ssl)?://[^/\\s]+/?")) {
      throw new ConfigException(
          "'%s' is not a valid address of Pulsar.".formatted(serviceUrl),
          "Use an address like pulsar://host:6650 or pulsar+ssl://host:6651.");
    }
    return new PulsarEndpoint(serviceUrl, null, null, TlsSettings.NONE);
  }

  /**
   * Returns a copy with the address of Pulsar's administration, such as {@code http://mq:8080}, or
   * {@code https} for TLS. A source reads the limits there at which Pulsar deletes messages and
   * stops producers. The token and the certificates are the same. Default: port 8080 of the first
   * broker's host, or 8443 with TLS, if the same Pulsar answers there.
   *
   * @throws ConfigException if the address is not valid
   */
  public PulsarEndpoint admin(String httpUrl) {
    HttpAddress.refuseCredentials("Pulsar's administration", httpUrl, LOGIN);
    if (!httpUrl.matches("https?://[^/\\s]+/?")) {
      throw new ConfigException(
          "'%s' is not a valid address of Pulsar's administration.".formatted(httpUrl),
          "Use an address like http://host:8080.");
    }
    return new PulsarEndpoint(address, httpUrl, token, tls);
  }

  /** Returns a copy that logs in with a JSON web token. Default: none. */
  public PulsarEndpoint token(String webToken) {
    return new PulsarEndpoint(
        address, administration, new Secret(Objects.requireNonNull(webToken, "webToken")), tls);
  }

  /**
   * Returns a copy that trusts the authorities in a PEM file. Default: those of the JVM.
   *
   * @throws ConfigException if the address has no TLS
   */
  public PulsarEndpoint trust(Path authoritiesPem) {
    TlsSettings settings = tls.trust(authoritiesPem);
    settings.requireTls(usesTls(), this, "Use a pulsar+ssl address.");
    return new PulsarEndpoint(address, administration, token, settings);
  }

  /** Returns the address of the brokers. */
  public String address() {
    return address;
  }

  /** Returns the address of the administration, or null for the default. */
  public @Nullable String administration() {
    return administration;
  }

  /** Returns the token, or null if there is no login. */
  public @Nullable Secret credentials() {
    return token;
  }

  /** Returns whether the connection uses TLS. */
  public boolean usesTls() {
    return address.startsWith("pulsar+ssl:");
  }

  /** Returns the certificates. */
  public TlsSettings tls() {
    return tls;
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(address, administration, token, tls);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PulsarEndpoint that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "Pulsar at " + address;
  }
}
