package io.milvus.cdc.internal.pulsar;

import io.milvus.cdc.internal.error.Causes;
import org.apache.pulsar.client.api.PulsarClientException;

/**
 * Why Pulsar does not let us in, and what to do about it.
 *
 * @param token what users call the option for the token
 * @param certificates the one for trusted certificates
 */
public record PulsarRefusal(String token, String certificates) {

  /** A sentence or two about a failure to connect. */
  public String message(PulsarConnection connection, Throwable failure) {
    return "%s %s".formatted(connection.name(), reason(connection, failure));
  }

  private String reason(PulsarConnection connection, Throwable failure) {
    String root = Causes.root(failure);
    if (is(failure, PulsarClientException.AuthenticationException.class)) {
      return connection.token() == null
          ? "asks for credentials: %s. Give %s.".formatted(root, token)
          : "refuses the token: %s. Check the one given to %s.".formatted(root, token);
    }
    String cure = "Check the address, that it is up, and whether it is pulsar or pulsar+ssl";
    return "cannot be reached: %s. %s%s."
        .formatted(
            root,
            cure,
            connection.tls()
                ? ", that %s names the PEM file of the authority that signed its"
                        .formatted(certificates)
                    + " certificate, and that the certificate holds the host name"
                : "");
  }

  /** Whether one of its causes is of this kind. */
  public static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return Causes.find(failure, kind).isPresent();
  }
}
