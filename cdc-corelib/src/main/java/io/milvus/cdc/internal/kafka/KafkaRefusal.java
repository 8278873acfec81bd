package io.milvus.cdc.internal.kafka;

import io.milvus.cdc.internal.error.Causes;
import java.security.cert.CertificateException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says why Kafka does not let us in, and what to do about it. */
public final class KafkaRefusal {
  private KafkaRefusal() {}

  /** A sentence or two about a failure to connect. */
  public static String message(KafkaConnection connection, Throwable failure) {
    return "%s %s".formatted(connection.endpoint(), reason(connection, failure));
  }

  private static String reason(KafkaConnection connection, Throwable failure) {
    String root = Causes.root(failure);
    String user = connection.endpoint().user();
    boolean tls = connection.endpoint().usesTls();
    if (is(failure, CertificateException.class)) {
      return ("shows a certificate that is not trusted: %s. Set the trusted certificates for Kafka to"
              + " the PEM file of the authority that signed it, and use a host name that it"
              + " holds.")
          .formatted(root);
    }
    if (is(failure, SslAuthenticationException.class)) {
      return "does not agree on TLS: %s. Check that this port is a TLS listener.".formatted(root);
    }
    if (user != null && is(failure, UnsupportedSaslMechanismException.class)) {
      return "does not take logins by %s: %s. Set a mechanism that it takes."
          .formatted(connection.endpoint().mechanism(), root);
    }
    if (is(failure, SaslAuthenticationException.class)) {
      return "refuses %s: %s. Check the user, the password and the mechanism."
          .formatted(connection.user(), root);
    }
    return "cannot be reached: %s. Check the address, that it is up, %s."
        .formatted(
            root,
            tls || user != null
                ? "and that this port is the listener for %s"
                    .formatted(tls ? user == null ? "TLS" : "TLS and logins" : "logins")
                : "and whether this port asks for a login, or for TLS");
  }

  /** Whether brokers answered, and their answer stays until a person mends something. */
  public static boolean lasts(Throwable failure) {
    return Causes.find(failure, ApiException.class)
        .filter(answer -> !(answer instanceof RetriableException))
        .isPresent();
  }

  /** Whether one of its causes is of this kind. */
  public static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return Causes.find(failure, kind).isPresent();
  }
}
