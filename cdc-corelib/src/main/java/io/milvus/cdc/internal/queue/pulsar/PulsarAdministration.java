package io.milvus.cdc.internal.queue.pulsar;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.error.RetriableException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the administration of a Pulsar: the configured address, or the usual port of the broker.
 * The usual port is used only if it proves to belong to the same Pulsar. Thread-safe.
 */
final class PulsarAdministration {
  private final PulsarSettings settings;
  private @Nullable PulsarRetention found;

  PulsarAdministration(PulsarSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the retention of messages, as the administration reports it.
   *
   * @param topic a topic that exists
   * @param broker returns the broker that serves a topic
   * @throws RetriableException if there is no administration, or it belongs to another Pulsar
   */
  synchronized PulsarRetention of(String topic, Function<String, InetSocketAddress> broker) {
    if (found == null) {
      found = find(topic, broker);
    }
    return found;
  }

  private PulsarRetention find(String topic, Function<String, InetSocketAddress> broker) {
    URI base = settings.admin();
    PulsarAdmin admin = PulsarAdmin.at(base, settings.endpoint());
    if (settings.endpoint().administration() == null && !isOf(broker.apply(topic), admin, topic)) {
      throw new RetriableException(
          "Pulsar's administration at %s belongs to another Pulsar.".formatted(base), "");
    }
    return new PulsarRetention(admin, settings.tenant(), settings.namespace());
  }

  private boolean isOf(InetSocketAddress broker, PulsarAdmin admin, String topic) {
    String path =
        "/lookup/v2/topic/persistent/%s/%s/%s"
            .formatted(settings.tenant(), settings.namespace(), topic);
    JsonNode told = admin.get(path);
    String url = told.path(settings.endpoint().usesTls() ? "brokerUrlSsl" : "brokerUrl").asText("");
    return url.endsWith("://" + broker.getHostString() + ":" + broker.getPort());
  }
}
