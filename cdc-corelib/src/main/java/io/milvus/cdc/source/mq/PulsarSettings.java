package io.milvus.cdc.source.mq;

import io.milvus.cdc.Secret;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.pulsar.PulsarConnection;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a source's Pulsar.
 *
 * @param serviceUrl such as {@code pulsar://host:6650} or {@code pulsar+ssl://host:6651}
 * @param token a JSON web token, where the brokers ask for one
 * @param trustedCertificates a PEM file for {@code pulsar+ssl}, null for the JVM's own
 */
public record PulsarSettings(
    String serviceUrl,
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
    return PulsarPositions.idOf(position).toByteArray();
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
  public String whereTopicsHide() {
    return "They were looked for in %s/%s; pulsarNamespace is the source's pulsar.tenant and pulsar.namespace."
        .formatted(tenant, namespace);
  }
}
