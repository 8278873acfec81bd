package io.milvus.cdc.http.fields;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Describes an endpoint in a configuration or a request. Logins and certificates have the same
 * names for every kind of server, after a prefix: {@code user}, or {@code etcdUser}. The address is
 * validated when the endpoint is created, so a stored description can always be read.
 *
 * @param key the name of the address
 * @param prefix the prefix of all other names
 */
public record EndpointYaml(
    String key,
    String prefix,
    List<String> addresses,
    @Nullable String mechanism,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable Secret token,
    boolean tls,
    @Nullable Path certificates,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    @Nullable String serverName) {
  /** Names an etcd's addresses, of which there may be several. */
  public static final String ETCD = "etcd";

  /** Reads secrets that are plain text. */
  public static final BiFunction<String, String, Secret> PLAIN = (name, text) -> new Secret(text);

  /**
   * Checks that related values are complete.
   *
   * @throws ConfigException if a value is missing
   */
  public EndpointYaml {
    addresses = List.copyOf(addresses);
    if ((user == null) != (password == null)) {
      throw new ConfigException(
          "Only one of '%s' and '%s' is set."
              .formatted(name(prefix, "user"), name(prefix, "password")),
          "Set both, or leave both out.");
    }
    if ((clientCertificate == null) != (clientKey == null)) {
      throw new ConfigException(
          "Only one of '%s' (%s) and '%s' (%s) is set."
              .formatted(
                  name(prefix, "clientCertificate"),
                  clientCertificate,
                  name(prefix, "clientKey"),
                  clientKey),
          "Set both, or leave both out.");
    }
  }

  private static String name(String prefix, String name) {
    return prefix.isEmpty()
        ? name
        : prefix + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Returns the name of a value. */
  public String name(String value) {
    return name(prefix, value);
  }

  /** Reads an etcd, whose addresses may be missing. */
  public static EndpointYaml etcd(
      Fields fields, String prefix, BiFunction<String, String, Secret> secrets) {
    return etcd(fields, prefix, new Values(fields, prefix, secrets).secret("password"));
  }

  /** Reads an etcd whose password is known. */
  public static EndpointYaml etcd(Fields fields, String prefix, @Nullable Secret password) {
    Values values = new Values(fields, prefix, PLAIN);
    return new EndpointYaml(
        ETCD,
        prefix,
        fields.oneOrMoreTexts(ETCD),
        null,
        values.text("user"),
        password,
        null,
        false,
        values.path("certificates"),
        values.path("clientCertificate"),
        values.path("clientKey"),
        null);
  }

  /** Reads a Kafka. */
  public static EndpointYaml kafka(
      Fields fields, String prefix, BiFunction<String, String, Secret> secrets) {
    Values values = new Values(fields, prefix, secrets);
    return new EndpointYaml(
        "kafka",
        prefix,
        List.of(fields.required("kafka")),
        values.text("mechanism"),
        values.text("user"),
        values.secret("password"),
        null,
        fields.flag(name(prefix, "tls"), false),
        values.path("certificates"),
        values.path("clientCertificate"),
        values.path("clientKey"),
        null);
  }

  /** Reads a Pulsar. */
  public static EndpointYaml pulsar(
      Fields fields, String prefix, BiFunction<String, String, Secret> secrets) {
    Values values = new Values(fields, prefix, secrets);
    return new EndpointYaml(
        "pulsar",
        prefix,
        List.of(fields.required("pulsar")),
        null,
        null,
        null,
        values.secret("token"),
        false,
        values.path("certificates"),
        null,
        null,
        null);
  }

  /** Reads a Milvus. Two spellings of one address are equal. */
  public static EndpointYaml milvus(Fields fields, BiFunction<String, String, Secret> secrets) {
    Values values = new Values(fields, "", secrets);
    return new EndpointYaml(
        "uri",
        "",
        List.of(oneSpelling(fields.required("uri"))),
        null,
        null,
        null,
        values.secret("token"),
        false,
        values.path("certificates"),
        values.path("clientCertificate"),
        values.path("clientKey"),
        values.text("serverName"));
  }

  private static String oneSpelling(String uri) {
    try {
      URI parsed = new URI(uri);
      if (parsed.getScheme() == null || parsed.getHost() == null || parsed.getUserInfo() != null) {
        return uri;
      }
      String port = parsed.getPort() < 0 ? "" : ":" + parsed.getPort();
      return (parsed.getScheme() + "://" + parsed.getHost()).toLowerCase(Locale.ROOT) + port;
    } catch (URISyntaxException e) {
      // The endpoint reports the error later.
      return uri;
    }
  }

  /** Returns the first address. */
  public String address() {
    return addresses.get(0);
  }

  /**
   * Creates the endpoint.
   *
   * @throws ConfigException if the description is not valid
   */
  public EtcdEndpoint etcd() {
    EtcdEndpoint etcd = EtcdEndpoint.at(addresses.toArray(String[]::new));
    etcd = user == null || password == null ? etcd : etcd.login(user, password.value());
    etcd = with(etcd, certificates, EtcdEndpoint::trust);
    return clientCertificate == null || clientKey == null
        ? etcd
        : etcd.clientCertificate(clientCertificate, clientKey);
  }

  /**
   * Creates the endpoint.
   *
   * @throws ConfigException if the description is not valid
   */
  public KafkaEndpoint kafka() {
    KafkaEndpoint kafka = KafkaEndpoint.at(address());
    kafka =
        user == null || password == null
            ? kafka
            : kafka.login(mechanism == null ? "PLAIN" : mechanism, user, password.value());
    kafka = tls ? kafka.overTls() : kafka;
    kafka = with(kafka, certificates, KafkaEndpoint::trust);
    return clientCertificate == null || clientKey == null
        ? kafka
        : kafka.clientCertificate(clientCertificate, clientKey);
  }

  /**
   * Creates the endpoint.
   *
   * @throws ConfigException if the description is not valid
   */
  public PulsarEndpoint pulsar() {
    PulsarEndpoint pulsar = PulsarEndpoint.at(address());
    pulsar = with(pulsar, token, (open, secret) -> open.token(secret.value()));
    return with(pulsar, certificates, PulsarEndpoint::trust);
  }

  /**
   * Creates the endpoint.
   *
   * @throws ConfigException if the description is not valid
   */
  public MilvusEndpoint milvus() {
    MilvusEndpoint milvus = MilvusEndpoint.at(address());
    milvus = with(milvus, token, (open, secret) -> open.token(secret.value()));
    milvus = with(milvus, certificates, MilvusEndpoint::trust);
    milvus = with(milvus, serverName, MilvusEndpoint::serverName);
    return clientCertificate == null || clientKey == null
        ? milvus
        : milvus.clientCertificate(clientCertificate, clientKey);
  }

  private static <E, V> E with(E endpoint, @Nullable V value, BiFunction<E, V, E> method) {
    return value == null ? endpoint : method.apply(endpoint, value);
  }

  /** Reads values behind a prefix. */
  private record Values(Fields fields, String prefix, BiFunction<String, String, Secret> secrets) {
    @Nullable String text(String value) {
      return fields.text(name(prefix, value));
    }

    @Nullable Secret secret(String value) {
      String text = text(value);
      return text == null || text.isEmpty() ? null : secrets.apply(name(prefix, value), text);
    }

    @Nullable Path path(String value) {
      String text = text(value);
      return text == null ? null : Fields.path(name(prefix, value), text, "Set it to a PEM file.");
    }
  }
}
