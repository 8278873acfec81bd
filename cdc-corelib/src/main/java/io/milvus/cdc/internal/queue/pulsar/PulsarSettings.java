package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.pulsar.PulsarConnection;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueSettings;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a source's Pulsar.
 *
 * @param serviceUrl such as {@code pulsar://host:6650} or {@code pulsar+ssl://host:6651}
 * @param adminUrl its administration, such as {@code http://host:8080}; empty to try the broker's
 *     host with the port that is usual
 * @param token a JSON web token, where the brokers ask for one
 * @param trustedCertificates a PEM file for {@code pulsar+ssl}, null for the JVM's own
 */
public record PulsarSettings(
    String serviceUrl,
    String adminUrl,
    String tenant,
    String namespace,
    @Nullable Secret token,
    @Nullable Path trustedCertificates)
    implements QueueSettings {

  PulsarConnection connection() {
    return new PulsarConnection(serviceUrl, token, trustedCertificates);
  }

  public boolean tls() {
    return connection().tls();
  }

  /** Returns the administration's address, as given or as usual. */
  URI admin() {
    if (!adminUrl.isEmpty()) {
      return URI.create(adminUrl);
    }
    // Several brokers are separated by commas.
    String first = serviceUrl.replaceFirst("^[^:]+://", "").split(",", 2)[0];
    String host = first.replaceFirst(":\\d+/?$", "");
    return URI.create(tls() ? "https://" + host + ":8443" : "http://" + host + ":8080");
  }

  @Override
  public MessageQueue connect() {
    return PulsarQueue.connect(this);
  }

  @Override
  public Position positionOf(byte[] milvusMessageId) {
    return PulsarPositions.of(milvusMessageId);
  }

  @Override
  public byte[] messageIdOf(Position position) {
    return PulsarPositions.placeOf(position).entryId().toByteArray();
  }

  @Override
  public String name() {
    return connection().name();
  }

  @Override
  public boolean topicsComeFirst() {
    return true;
  }

  @Override
  public boolean pins() {
    return true;
  }

  @Override
  public String whereTopicsHide() {
    return "They were looked for in %s/%s; pulsarNamespace is the source's pulsar.tenant and pulsar.namespace."
        .formatted(tenant, namespace);
  }
}
