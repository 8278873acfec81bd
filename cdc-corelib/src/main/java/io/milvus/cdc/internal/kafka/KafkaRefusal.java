package io.milvus.cdc.internal.kafka;

import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import java.security.cert.CertificateException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Explains why Kafka denies access, and the remedy. */
public final class KafkaRefusal {
  private KafkaRefusal() {}

  /** Explains a failure to connect. */
  public static Explanation explain(KafkaConnection connection, Throwable failure) {
    return reason(connection, failure).after(connection.endpoint() + " ");
  }

  private static Explanation reason(KafkaConnection connection, Throwable failure) {
    String root = Causes.root(failure);
    String user = connection.endpoint().user();
    boolean tls = connection.endpoint().usesTls();
    if (is(failure, CertificateException.class)) {
      return Explanation.untrusted("Kafka", failure);
    }
    if (is(failure, SslAuthenticationException.class)) {
      return new Explanation(
          "does not agree on TLS: %s.".formatted(root), "Check that this port is a TLS listener.");
    }
    if (user != null && is(failure, UnsupportedSaslMechanismException.class)) {
      return new Explanation(
          "does not accept logins by %s: %s.".formatted(connection.endpoint().mechanism(), root),
          "Set a mechanism that it accepts.");
    }
    if (is(failure, SaslAuthenticationException.class)) {
      return new Explanation(
          "refuses %s: %s.".formatted(connection.user(), root),
          "Check the user, the password and the mechanism.");
    }
    return new Explanation(
        "cannot be reached: %s.".formatted(root),
        "Check the address, that it is up, %s."
            .formatted(
                tls || user != null
                    ? "and that this port is the listener for %s"
                        .formatted(tls ? user == null ? "TLS" : "TLS and logins" : "logins")
                    : "and whether this port asks for a login, or for TLS"));
  }

  /** Returns whether brokers answered, and their answer stays until a person corrects the cause. */
  public static boolean lasts(Throwable failure) {
    return Causes.find(failure, ApiException.class)
        .filter(answer -> !(answer instanceof RetriableException))
        .isPresent();
  }

  /** Returns whether the failure has a cause of this kind. */
  public static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return Causes.find(failure, kind).isPresent();
  }
}
