package io.milvus.cdc.source.mq;

import io.milvus.cdc.error.Causes;
import java.security.cert.CertificateException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Why Kafka does not let us in, and what to do about it. */
final class KafkaRefusal {
  private KafkaRefusal() {}

  static String message(KafkaSettings settings, Throwable failure) {
    return "%s %s".formatted(settings.name(), reason(settings, failure));
  }

  private static String reason(KafkaSettings settings, Throwable failure) {
    String root = Causes.root(failure);
    KafkaLogin login = settings.login();
    String user = login == null ? "everybody" : "user '%s'".formatted(login.user());
    if (Causes.find(failure, CertificateException.class).isPresent()) {
      return ("shows a certificate that is not trusted: %s. Give kafkaCertificates the PEM file of"
              + " the authority that signed it, and use a host name that it holds.")
          .formatted(root);
    }
    if (Causes.find(failure, SslAuthenticationException.class).isPresent()) {
      return "does not agree on TLS: %s. Check that this port is a TLS listener.".formatted(root);
    }
    if (login != null && is(failure, UnsupportedSaslMechanismException.class)) {
      return "does not take logins by %s: %s. Give kafkaLogin a mechanism that it does."
          .formatted(login.mechanism(), root);
    }
    if (is(failure, SaslAuthenticationException.class)) {
      return "refuses %s: %s. Check the user and password given to kafkaLogin, and the mechanism."
          .formatted(user, root);
    }
    if (is(failure, TopicAuthorizationException.class)) {
      return "does not let us read: %s. Grant 'Read' on the source's topics to %s."
          .formatted(root, user);
    }
    if (is(failure, GroupAuthorizationException.class)) {
      return ("does not let us keep our place: %s. Grant 'Read' and 'Delete' on groups that begin"
              + " with 'milvus-cdc-' to %s.")
          .formatted(root, user);
    }
    return "cannot be reached: %s. Check the address, that it is up, %s."
        .formatted(
            root,
            settings.tls() || login != null
                ? "and that this port is the listener for %s"
                    .formatted(settings.tls() ? login == null ? "TLS" : "TLS and logins" : "logins")
                : "and whether this port asks for kafkaTls or kafkaLogin");
  }

  private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return Causes.find(failure, kind).isPresent();
  }
}
