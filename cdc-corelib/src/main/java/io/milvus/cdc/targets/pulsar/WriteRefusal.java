package io.milvus.cdc.targets.pulsar;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.pulsar.PulsarRefusal;
import java.util.List;
import org.apache.pulsar.client.api.PulsarClientException;

/** Explains why Pulsar rejects events, with the cure. */
record WriteRefusal(PulsarTargetSettings settings) {
  /** Answers of a working broker about features that it lacks. */
  private static final List<Class<? extends PulsarClientException>> LASTING =
      List.of(
          PulsarClientException.FeatureNotSupportedException.class,
          PulsarClientException.IncompatibleSchemaException.class,
          PulsarClientException.InvalidConfigurationException.class,
          PulsarClientException.NotAllowedException.class,
          PulsarClientException.NotSupportedException.class,
          PulsarClientException.TopicTerminatedException.class,
          PulsarClientException.UnsupportedAuthenticationException.class);

  /** Returns the exception for this failure. If an operator is needed, the task does not retry. */
  CdcException exception(Throwable failure) {
    String name = settings.endpoint().toString();
    String root = Causes.root(failure).replaceFirst("\\.$", "");
    if (is(failure, PulsarClientException.AuthorizationException.class)) {
      return new ConfigException(
          "%s does not let us write to topic %s: %s."
              .formatted(name, settings.events().topic(), root),
          "Grant 'produce' on its namespace to the token's role.",
          failure);
    }
    if (is(failure, PulsarClientException.NotFoundException.class)
        || is(failure, PulsarClientException.TopicDoesNotExistException.class)
        || is(failure, PulsarClientException.InvalidTopicNameException.class)) {
      return new ConfigException(
          "%s has no topic %s and creates none: %s."
              .formatted(name, settings.events().topic(), root),
          "Create the topic, or its tenant and namespace.",
          failure);
    }
    if (is(failure, PulsarClientException.InvalidMessageException.class)) {
      return new TargetException(
          "%s does not accept an event this large: %s.".formatted(name, root),
          "Raise the broker's 'maxMessageSize', or lower maxBytes (%d)."
              .formatted(settings.events().largest()),
          failure);
    }
    Explanation why = PulsarRefusal.explain(settings.endpoint(), failure);
    if (is(failure, PulsarClientException.AuthenticationException.class)) {
      return why.as(RefusedException::new, failure);
    }
    if (LASTING.stream().anyMatch(kind -> is(failure, kind))) {
      return new RefusedException(
          "%s refuses our events: %s.".formatted(name, root),
          "Look for this answer in its documentation.",
          failure);
    }
    return why.as(RetriableException::new, failure);
  }

  private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
    return PulsarRefusal.is(failure, kind);
  }
}
