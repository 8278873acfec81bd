package io.milvus.cdc.http.config;

import io.milvus.cdc.TlsSettings;
import io.milvus.cdc.compare.Side;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.sources.milvus.MilvusSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code source} of our own configuration: the names are those of the source's builder. */
final class SourceKeys {
  private SourceKeys() {}

  static MilvusSource.Builder read(Fields fields) {
    MilvusSource.Builder source = MilvusSource.builder();
    etcd(fields, source);
    pulsar(fields, source);
    kafka(fields, source);
    source.channelPrefix(fields.text("channelPrefix", "by-dev-rootcoord-dml"));
    source.replicateChannel(fields.text("replicateChannel", ""));
    api(api(fields.object("api")), source);
    return source;
  }

  private static void etcd(Fields fields, MilvusSource.Builder source) {
    List<String> endpoints = fields.oneOrMoreTexts("etcd");
    if (endpoints.isEmpty()) {
      throw new ConfigException(
          "'source.etcd' is missing: the source's etcd, such as http://etcd:2379.");
    }
    source.etcd(endpoints.toArray(String[]::new));
    source.rootPath(fields.text("rootPath", "by-dev"));
    source.metaSubPath(fields.text("metaSubPath", "meta"));
    if (fields.has("etcdUser")) {
      source.etcdLogin(fields.required("etcdUser"), fields.required("etcdPassword"));
    }
    if (fields.has("etcdCertificates")) {
      source.etcdCertificates(Path.of(fields.required("etcdCertificates")));
    }
    if (fields.has("etcdClientCertificate")) {
      source.etcdClientCertificate(
          Path.of(fields.required("etcdClientCertificate")),
          Path.of(fields.required("etcdClientKey")));
    }
  }

  private static void pulsar(Fields fields, MilvusSource.Builder source) {
    if (!fields.has("pulsar")) {
      return;
    }
    source.pulsar(fields.required("pulsar"));
    source.pulsarNamespace(
        fields.text("pulsarTenant", "public"), fields.text("pulsarNamespace", "default"));
    source.pulsarAdmin(fields.text("pulsarAdmin", ""));
    source.pinning(pinning(fields.text("pinning", "automatic")));
    if (fields.has("pulsarToken")) {
      source.pulsarToken(fields.required("pulsarToken"));
    }
    if (fields.has("pulsarCertificates")) {
      source.pulsarCertificates(Path.of(fields.required("pulsarCertificates")));
    }
  }

  private static Pinning pinning(String name) {
    return Arrays.stream(Pinning.values())
        .filter(choice -> choice.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "'source.pinning' is '%s'. Set it to automatic, always or never."
                        .formatted(name)));
  }

  private static void kafka(Fields fields, MilvusSource.Builder source) {
    if (!fields.has("kafka")) {
      return;
    }
    source.kafka(fields.required("kafka"));
    if (fields.has("kafkaUser")) {
      source.kafkaLogin(
          fields.text("kafkaMechanism", "PLAIN"),
          fields.required("kafkaUser"),
          fields.required("kafkaPassword"));
    }
    if (fields.flag("kafkaTls", false)) {
      source.kafkaTls();
    }
    if (fields.has("kafkaCertificates")) {
      source.kafkaCertificates(Path.of(fields.required("kafkaCertificates")));
    }
  }

  /** The address of the source itself, or null where it is not given. */
  static @Nullable Side api(Fields api) {
    if (api.names().isEmpty()) {
      return null;
    }
    Side side = Side.at(api.required("uri"));
    if (api.has("token")) {
      side = side.token(api.required("token"));
    }
    return side.tls(
        new TlsSettings(
            path(api, "certificates"),
            path(api, "clientCertificate"),
            path(api, "clientKey"),
            api.text("serverName")));
  }

  private static @Nullable Path path(Fields fields, String name) {
    return fields.has(name) ? Path.of(fields.required(name)) : null;
  }

  private static void api(@Nullable Side side, MilvusSource.Builder source) {
    if (side == null) {
      return;
    }
    source.api(side.uri().toString());
    if (side.token() != null) {
      source.apiToken(side.token().value());
    }
    TlsSettings tls = side.tls();
    if (tls.certificates() != null) {
      source.apiCertificates(tls.certificates());
    }
    if (tls.clientCertificate() != null && tls.clientKey() != null) {
      source.apiClientCertificate(tls.clientCertificate(), tls.clientKey());
    }
    if (tls.serverName() != null) {
      source.apiServerName(tls.serverName());
    }
  }
}
