package io.milvus.cdc.source.mq;

import io.milvus.cdc.error.Causes;
import io.milvus.cdc.pulsar.PulsarRefusal;
import org.apache.pulsar.client.api.PulsarClientException;

/** Why Pulsar does not let us read, and what to do about it. */
final class PulsarReadRefusal {
  private static final PulsarRefusal CONNECTING =
      new PulsarRefusal("pulsarToken", "pulsarCertificates");

  private PulsarReadRefusal() {}

  /** Whether we were let in, and just asked for what is not there. */
  static boolean isAboutTheTopic(Throwable failure) {
    return PulsarRefusal.is(failure, PulsarClientException.NotFoundException.class)
        || PulsarRefusal.is(failure, PulsarClientException.TopicDoesNotExistException.class);
  }

  static String message(PulsarSettings settings, Throwable failure) {
    if (PulsarRefusal.is(failure, PulsarClientException.AuthorizationException.class)) {
      return ("%s does not let us read: %s. Grant 'consume' on namespace %s/%s to the token's role,"
              + " or set pulsarNamespace to the source's pulsar.tenant and pulsar.namespace.")
          .formatted(
              settings.name(), Causes.root(failure), settings.tenant(), settings.namespace());
    }
    return CONNECTING.message(settings.connection(), failure);
  }
}
