package io.milvus.cdc.internal.pulsar;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.internal.error.Causes;
import org.apache.pulsar.client.api.PulsarClientException;

/** Says why Pulsar does not let us in, and what to do about it. */
public final class PulsarRefusal {
  private PulsarRefusal() {}

  /** A sentence or two about a failure to connect. */
  public static String message(PulsarEndpoint endpoint, Throwable failure) {
    return "%s %s".formatted(endpoint, reason(endpoint, failure));
  }

  private static String reason(PulsarEndpoint endpoint, Throwable failure) {
    String root = Causes.root(failure);
    if (is(failure, PulsarClientException.AuthenticationException.class)) {
      return endpoint.credentials() == null
          ? "asks for credentials: %s. Set the token for Pulsar.".formatted(root)
          : "refuses the token: %s. Check the token for Pulsar.".formatted(root);
    }
    String cure = "Check the address, that it is up, and whether it is pulsar or pulsar+ssl";
    return "cannot be reached: %s. %s%s."
        .formatted(
            root,
            cure,
            endpoint.usesTls()
                ? ", that the trusted certificates for Pulsar are those of the authority that"
                    + " signed its certificate, and that the certificate holds the host name"
                : "");
  }

  /** Whether one of its causes is of this kind. */
  public static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return Causes.find(failure, kind).isPresent();
  }
}
