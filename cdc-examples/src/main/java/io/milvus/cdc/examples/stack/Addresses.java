package io.milvus.cdc.examples.stack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where the stack's parts listen.
 *
 * @param etcd such as {@code http://127.0.0.1:2379}
 * @param queue {@code pulsar} or {@code kafka}; the other's addresses are empty
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
   * One Milvus.
   *
   * @param uri such as {@code http://127.0.0.1:19530}
   * @param rootPath of its keys in etcd
   * @param metaSubPath of its catalog, below the root
   * @param channelPrefix of its physical channels' names
   * @param channels how many of those there are
   */
  public record Instance(
      String uri, String rootPath, String metaSubPath, String channelPrefix, int channels) {

    static Instance of(JsonNode json) {
      return new Instance(
          json.required("uri").asText(),
          json.required("rootPath").asText(),
          json.required("metaSubPath").asText(),
          json.required("channelPrefix").asText(),
          json.required("dmlChannels").asInt());
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
