package io.milvus.cdc.source.mq;

import io.milvus.cdc.error.Causes;
import org.apache.pulsar.client.api.PulsarClientException;

/** Why Pulsar does not let us in, and what to do about it. */
final class PulsarRefusal {
  private PulsarRefusal() {}

  /** Whether we were let in, and just asked for what is not there. */
  static boolean isAboutTheTopic(Throwable failure) {
    return Causes.find(failure, PulsarClientException.NotFoundException.class).isPresent()
        || Causes.find(failure, PulsarClientException.TopicDoesNotExistException.class).isPresent();
  }

  static String message(PulsarSettings settings, Throwable failure) {
    return "Pulsar at %s %s".formatted(settings.serviceUrl(), reason(settings, failure));
  }

  private static String reason(PulsarSettings settings, Throwable failure) {
    String root = Causes.root(failure);
    if (Causes.find(failure, PulsarClientException.AuthenticationException.class).isPresent()) {
      return settings.token() == null
          ? "asks for credentials: %s. Give pulsarToken.".formatted(root)
          : "refuses the token: %s. Check the one given to pulsarToken.".formatted(root);
    }
    if (Causes.find(failure, PulsarClientException.AuthorizationException.class).isPresent()) {
      return ("does not let us read: %s. Grant 'consume' on namespace %s/%s to the token's role, or"
              + " set pulsarNamespace to the source's pulsar.tenant and pulsar.namespace.")
          .formatted(root, settings.tenant(), settings.namespace());
    }
    String cure = "Check the address, that it is up, and whether it is pulsar or pulsar+ssl";
    return "cannot be reached: %s. %s%s."
        .formatted(
            root,
            cure,
            settings.tls()
                ? ", that pulsarCertificates names the PEM file of the authority that signed its"
                    + " certificate, and that the certificate holds the host name"
                : "");
  }
}
