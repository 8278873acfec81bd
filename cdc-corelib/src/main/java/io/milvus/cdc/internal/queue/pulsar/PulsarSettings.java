package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.pulsar.PulsarConnection;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueSettings;
import java.net.URI;

/**
 * Configures the Pulsar of a source.
 *
 * @param tenant the source's {@code pulsar.tenant}
 * @param namespace the source's {@code pulsar.namespace}
 */
public record PulsarSettings(PulsarEndpoint endpoint, String tenant, String namespace)
    implements QueueSettings {

  PulsarConnection connection() {
    return new PulsarConnection(endpoint);
  }

  /** Returns the administration's address, as configured or as usual. */
  URI admin() {
    if (endpoint.administration() != null) {
      return URI.create(endpoint.administration());
    }
    // Several brokers are separated by commas.
    String first = endpoint.address().replaceFirst("^[^:]+://", "").split(",", 2)[0];
    String host = first.replaceFirst(":\\d+/?$", "");
    return URI.create(
        endpoint.usesTls() ? "https://" + host + ":8443" : "http://" + host + ":8080");
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
    return endpoint.toString();
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
    return ("They were searched in %s/%s. pulsarNamespace must be the source's"
            + " pulsar.tenant and pulsar.namespace.")
        .formatted(tenant, namespace);
  }
}
