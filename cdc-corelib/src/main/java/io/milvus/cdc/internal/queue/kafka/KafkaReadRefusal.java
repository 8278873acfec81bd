package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.kafka.KafkaConnection;
import io.milvus.cdc.internal.kafka.KafkaRefusal;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Explains why Kafka does not permit reading, and the remedy. */
final class KafkaReadRefusal {
  private KafkaReadRefusal() {}

  /** Returns the exception for this failure. */
  static RetriableException exception(KafkaSettings settings, Throwable failure) {
    return exception(settings, "", failure);
  }

  /** Returns the exception for a topic that cannot be read. */
  static RetriableException exception(KafkaSettings settings, String topic, Throwable failure) {
    String about = topic.isEmpty() ? "" : "Topic %s cannot be read: ".formatted(topic);
    Explanation why = explain(settings, failure).after(about);
    return KafkaRefusal.lasts(failure)
        ? why.as(SourceRefusedException::new, failure)
        : why.as(RetriableException::new, failure);
  }

  private static Explanation explain(KafkaSettings settings, Throwable failure) {
    KafkaConnection connection = settings.connection();
    String root = Causes.root(failure);
    if (KafkaRefusal.is(failure, TopicAuthorizationException.class)) {
      return new Explanation(
          "%s does not let us read: %s.".formatted(settings.name(), root),
          "Grant 'Read' on the source's topics to %s.".formatted(connection.user()));
    }
    if (KafkaRefusal.is(failure, GroupAuthorizationException.class)) {
      return new Explanation(
          "%s does not let us store our position: %s.".formatted(settings.name(), root),
          "Grant 'Read' and 'Delete' on groups that begin with 'milvus-cdc-' to %s."
              .formatted(connection.user()));
    }
    if (KafkaRefusal.lasts(failure) && !KafkaRefusal.is(failure, AuthenticationException.class)) {
      return new Explanation(
          "%s does not let us read: %s.".formatted(settings.name(), root),
          "Look for this answer in its documentation.");
    }
    return KafkaRefusal.explain(connection, failure);
  }
}
