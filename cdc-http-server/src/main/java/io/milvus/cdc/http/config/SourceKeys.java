package io.milvus.cdc.http.config;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.EndpointYaml;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.sources.milvus.MilvusSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads {@code source} of our own configuration. The names are those of the source's builder. */
final class SourceKeys {
  private SourceKeys() {}

  static MilvusSource.Builder read(Fields fields) {
    MilvusSource.Builder source = MilvusSource.builder();
    etcd(fields, source);
    pulsar(fields, source);
    if (fields.has("kafka")) {
      source.queue(EndpointYaml.kafka(fields, "kafka", EndpointYaml.PLAIN).kafka());
    }
    source.channelPrefix(fields.text("channelPrefix", "by-dev-rootcoord-dml"));
    source.replicateChannel(fields.text("replicateChannel", ""));
    MilvusEndpoint api = api(fields.object("api"));
    if (api != null) {
      source.api(api);
    }
    StorageEndpoint storage = StorageKeys.read(fields.object("storage"));
    if (storage != null) {
      source.storage(storage);
    }
    String management = fields.text("management", "");
    if (!management.isEmpty()) {
      source.management(management);
    }
    return source;
  }

  private static void etcd(Fields fields, MilvusSource.Builder source) {
    EndpointYaml etcd = EndpointYaml.etcd(fields, "etcd", EndpointYaml.PLAIN);
    if (etcd.addresses().isEmpty()) {
      throw new ConfigException(
          "'source.etcd' is missing: the source's etcd, such as http://etcd:2379.", "");
    }
    source.etcd(etcd.etcd());
    source.rootPath(fields.text("rootPath", "by-dev"));
    source.metaSubPath(fields.text("metaSubPath", "meta"));
  }

  private static void pulsar(Fields fields, MilvusSource.Builder source) {
    if (!fields.has("pulsar")) {
      return;
    }
    PulsarEndpoint pulsar = EndpointYaml.pulsar(fields, "pulsar", EndpointYaml.PLAIN).pulsar();
    String admin = fields.text("pulsarAdmin", "");
    source.queue(admin.isEmpty() ? pulsar : pulsar.admin(admin));
    source.pulsarNamespace(
        fields.text("pulsarTenant", "public"), fields.text("pulsarNamespace", "default"));
    source.pinning(pinning(fields.text("pinning", "automatic")));
  }

  private static Pinning pinning(String name) {
    return Arrays.stream(Pinning.values())
        .filter(choice -> choice.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "'source.pinning' is '%s'.".formatted(name),
                    "Set it to automatic, always or never."));
  }

  /** Returns the address of the source itself, or null if it is not set. */
  static @Nullable MilvusEndpoint api(Fields api) {
    return api.names().isEmpty() ? null : EndpointYaml.milvus(api, EndpointYaml.PLAIN).milvus();
  }
}
