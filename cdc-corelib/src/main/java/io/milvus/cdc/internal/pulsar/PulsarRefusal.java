package io.milvus.cdc.internal.pulsar;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import org.apache.pulsar.client.api.PulsarClientException;

/** Explains why Pulsar denies access, and the remedy. */
public final class PulsarRefusal {
  private PulsarRefusal() {}

  /** Explains a failure to connect. */
  public static Explanation explain(PulsarEndpoint endpoint, Throwable failure) {
    return reason(endpoint, failure).after(endpoint + " ");
  }

  private static Explanation reason(PulsarEndpoint endpoint, Throwable failure) {
    String root = Causes.root(failure);
    if (is(failure, PulsarClientException.AuthenticationException.class)) {
      return endpoint.credentials() == null
          ? new Explanation(
              "asks for credentials: %s.".formatted(root), "Set the token for Pulsar.")
          : new Explanation(
              "refuses the token: %s.".formatted(root), "Check the token for Pulsar.");
    }
    return new Explanation(
        "cannot be reached: %s.".formatted(root),
        "Check the address, that it is up, and whether it is pulsar or pulsar+ssl%s."
            .formatted(
                endpoint.usesTls()
                    ? ", that the trusted certificates for Pulsar contain the authority that signed"
                        + " its certificate, and that the certificate contains the host name"
                    : ""));
  }

  /** Returns whether the failure has a cause of this kind. */
  public static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return Causes.find(failure, kind).isPresent();
  }
}
