package io.milvus.cdc.examples.testbed.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * Holds the addresses of the stack's parts.
 *
 * @param etcd such as {@code http://127.0.0.1:2379}
 * @param queue {@code pulsar} or {@code kafka}; the addresses of the other queue are empty
 * @param pulsar such as {@code pulsar://127.0.0.1:6650}
 * @param pulsarAdmin such as {@code http://127.0.0.1:8080}
 * @param pulsarNamespace with its tenant, such as {@code public/default}
 * @param kafka such as {@code 127.0.0.1:9092}
 */
public record Addresses(
    String etcd,
    String queue,
    String pulsar,
    String pulsarAdmin,
    String pulsarNamespace,
    String kafka,
    Instance source,
    Instance target) {

  /**
   * Describes one Milvus.
   *
   * @param uri such as {@code http://127.0.0.1:19530}
   * @param rootPath the root of its keys in etcd
   * @param metaSubPath the path of its catalog, below the root
   * @param channelPrefix the prefix of its physical channels' names
   * @param channels the number of its physical channels
   * @param storage the directory in which it stores its rows
   */
  public record Instance(
      String uri,
      String rootPath,
      String metaSubPath,
      String channelPrefix,
      int channels,
      Path storage) {

    static Instance of(JsonNode json) {
      return new Instance(
          json.required("uri").asText(),
          json.required("rootPath").asText(),
          json.required("metaSubPath").asText(),
          json.required("channelPrefix").asText(),
          json.required("dmlChannels").asInt(),
          Path.of(json.path("storage").asText()));
    }
  }

  static Addresses of(JsonNode json) {
    JsonNode outside = json.has("secure") ? json.get("secure") : json;
    return new Addresses(
        outside.required("etcd").asText(),
        json.path("queue").asText("pulsar"),
        outside.path("pulsar").asText(),
        json.path("pulsarAdmin").asText(),
        json.path("pulsarNamespace").asText("public/default"),
        outside.path("kafka").asText(),
        Instance.of(json.required("source")),
        Instance.of(json.required("target")));
  }
}
