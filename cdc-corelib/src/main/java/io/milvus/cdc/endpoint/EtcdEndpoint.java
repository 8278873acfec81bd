package io.milvus.cdc.endpoint;

import io.milvus.cdc.error.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The address of an etcd, with its login and its certificates. */
public final class EtcdEndpoint {
  private final List<String> addresses;
  private final @Nullable String user;
  private final @Nullable Secret password;
  private final TlsSettings tls;

  private EtcdEndpoint(
      List<String> addresses, @Nullable String user, @Nullable Secret password, TlsSettings tls) {
    this.addresses = addresses;
    this.user = user;
    this.password = password;
    this.tls = tls;
  }

  /**
   * Creates an endpoint of the members of one etcd.
   *
   * @param addresses such as {@code http://etcd:2379}, or {@code https} for TLS
   * @throws ConfigException if there is none, one is not valid, or they differ in TLS
   */
  public static EtcdEndpoint at(String... addresses) {
    List<String> members = List.of(addresses);
    if (members.isEmpty()) {
      throw new ConfigException(
          "The address of etcd is missing.", "Set an address like http://etcd:2379.");
    }
    long secure = members.stream().map(EtcdEndpoint::parse).filter(HttpAddress::isHttps).count();
    if (secure > 0 && secure < members.size()) {
      throw new ConfigException(
          "The addresses %s of etcd differ in TLS.".formatted(members),
          "Use https for all addresses, or for none.");
    }
    return new EtcdEndpoint(members, null, null, TlsSettings.NONE);
  }

  private static URI parse(String address) {
    return HttpAddress.parse(
        "etcd",
        address,
        "http://etcd:2379 or https://etcd:2379",
        "Set the user and the password for etcd instead.");
  }

  /** Returns a copy that logs in. Default: no login. */
  public EtcdEndpoint login(String userName, String secret) {
    return new EtcdEndpoint(
        addresses,
        Objects.requireNonNull(userName, "userName"),
        new Secret(Objects.requireNonNull(secret, "secret")),
        tls);
  }

  /**
   * Returns a copy that trusts the authorities in a PEM file. Default: those of the JVM.
   *
   * @throws ConfigException if the address has no TLS
   */
  public EtcdEndpoint trust(Path authoritiesPem) {
    return secured(tls.trust(authoritiesPem));
  }

  /**
   * Returns a copy that presents a client certificate, for an etcd with {@code --client-cert-auth}.
   * Default: none.
   *
   * @param certificatePem a PEM file
   * @param keyPem a PEM file with the unencrypted PKCS#8 key
   * @throws ConfigException if only one of them is set, or the address has no TLS
   */
  public EtcdEndpoint clientCertificate(Path certificatePem, Path keyPem) {
    return secured(tls.clientCertificate(certificatePem, keyPem));
  }

  private EtcdEndpoint secured(TlsSettings settings) {
    settings.requireTls(usesTls(), this, "Use https addresses.");
    return new EtcdEndpoint(addresses, user, password, settings);
  }

  /** Returns the addresses of the members. */
  public List<String> addresses() {
    return addresses;
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
    return HttpAddress.isHttps(URI.create(addresses.get(0)));
  }

  /** Returns the certificates. */
  public TlsSettings tls() {
    return tls;
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(addresses, user, password, tls);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EtcdEndpoint that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "etcd at " + addresses;
  }
}
