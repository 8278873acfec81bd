package io.milvus.cdc.targets.kafka;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.kafka.KafkaConnection;
import io.milvus.cdc.internal.kafka.KafkaRefusal;
import java.util.Optional;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** Explains why Kafka rejects events, with the cure. */
record WriteRefusal(KafkaTargetSettings settings) {
  /** Returns the exception for this failure. If an operator is needed, the task does not retry. */
  CdcException exception(Throwable failure) {
    KafkaConnection kafka = settings.connection();
    String root = Causes.root(failure).replaceFirst("\\.$", "");
    if (is(failure, TopicAuthorizationException.class)) {
      return new ConfigException(
          "%s does not let us write to topic %s: %s."
              .formatted(kafka.endpoint(), settings.events().topic(), root),
          "Grant 'Write', 'Describe'%s on it, and 'Create' unless it exists, to %s."
              .formatted(settings.transactions() ? ", 'Read'" : "", kafka.user()),
          failure);
    }
    if (is(failure, TransactionalIdAuthorizationException.class)
        || is(failure, GroupAuthorizationException.class)) {
      return new ConfigException(
          "%s does not allow transactions: %s.".formatted(kafka.endpoint(), root),
          ("Grant 'Write' and 'Describe' on transactional ids, and 'Read' on groups, that "
                  + "begin with 'milvus-cdc-' to %s, or choose atLeastOnce.")
              .formatted(kafka.user()),
          failure);
    }
    if (is(failure, ClusterAuthorizationException.class)) {
      return new ConfigException(
          "%s does not let us write without doubles: %s.".formatted(kafka.endpoint(), root),
          "Grant 'IdempotentWrite' on the cluster to %s.".formatted(kafka.user()),
          failure);
    }
    if (is(failure, InvalidTopicException.class)
        || is(failure, InvalidReplicationFactorException.class)) {
      return new ConfigException(
          "%s cannot have topic %s: %s."
              .formatted(kafka.endpoint(), settings.events().topic(), root),
          "Choose another name, or fewer replicas.",
          failure);
    }
    if (is(failure, RecordTooLargeException.class)) {
      return new TargetException(
          "%s does not accept an event this large: %s.".formatted(kafka.endpoint(), root),
          ("Raise 'max.message.bytes' of the topic to at least maxBytes (%d), or lower"
                  + " maxBytes. Events that are larger than maxBytes are refused one by one.")
              .formatted(settings.events().largest()),
          failure);
    }
    if (is(failure, ProducerFencedException.class)
        || is(failure, InvalidProducerEpochException.class)
        || is(failure, InvalidPidMappingException.class)
        || is(failure, TransactionAbortedException.class)) {
      return new RetriableException(
          ("%s has ended our transaction: another session of the task writes to it, or the"
                  + " transaction took too long: %s.")
              .formatted(kafka.endpoint(), root),
          "If this recurs, raise the producer's 'transaction.timeout.ms'.",
          failure);
    }
    Optional<ApiException> answer = Causes.find(failure, ApiException.class);
    if (answer.isPresent() && !passes(answer.get())) {
      Explanation why =
          is(failure, AuthenticationException.class)
              ? KafkaRefusal.explain(kafka, failure)
              : new Explanation(
                  "%s refuses our events: %s.".formatted(kafka.endpoint(), root),
                  "Look for this answer in its documentation.");
      return why.as(RefusedException::new, failure);
    }
    Explanation why = KafkaRefusal.explain(kafka, failure);
    return new RetriableException(
        why.what(), why.cure() + " A broker goes down, too, when its disk is full.", failure);
  }

  /**
   * Returns whether Kafka calls the failure temporary. If a transaction's position was lost, the
   * work begins again.
   */
  private static boolean passes(ApiException answer) {
    return answer instanceof org.apache.kafka.common.errors.RetriableException
        || answer instanceof ApplicationRecoverableException;
  }

  private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return KafkaRefusal.is(failure, kind);
  }
}
