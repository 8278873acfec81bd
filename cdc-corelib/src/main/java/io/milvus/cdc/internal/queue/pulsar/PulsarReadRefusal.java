package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.pulsar.PulsarRefusal;
import java.util.List;
import org.apache.pulsar.client.api.PulsarClientException;

/** Explains why Pulsar does not permit reading, and the remedy. */
record PulsarReadRefusal(PulsarSettings settings) {
  /** Answers of a working broker that stay until a person corrects the cause. */
  private static final List<Class<? extends PulsarClientException>> LASTING =
      List.of(
          PulsarClientException.AuthenticationException.class,
          PulsarClientException.AuthorizationException.class,
          PulsarClientException.UnsupportedAuthenticationException.class,
          PulsarClientException.NotFoundException.class,
          PulsarClientException.TopicDoesNotExistException.class,
          PulsarClientException.TopicTerminatedException.class,
          PulsarClientException.InvalidTopicNameException.class,
          PulsarClientException.InvalidConfigurationException.class,
          PulsarClientException.IncompatibleSchemaException.class,
          PulsarClientException.NotAllowedException.class,
          PulsarClientException.FeatureNotSupportedException.class,
          PulsarClientException.NotSupportedException.class);

  /** Returns whether access was granted and only the topic does not exist. */
  static boolean isAboutTheTopic(Throwable failure) {
    return PulsarRefusal.is(failure, PulsarClientException.NotFoundException.class)
        || PulsarRefusal.is(failure, PulsarClientException.TopicDoesNotExistException.class);
  }

  /**
   * Returns the exception for this failure.
   *
   * @param what the operation that failed, such as {@code read topic x}
   */
  RetriableException exception(String what, Throwable failure) {
    if (lasts(failure)) {
      return lasting(what, failure).as(SourceRefusedException::new, failure);
    }
    return new RetriableException(
        "%s did not let us %s: %s".formatted(settings.name(), what, plain(failure)), "", failure);
  }

  private static boolean lasts(Throwable failure) {
    return Causes.refusesTls(failure)
        || LASTING.stream().anyMatch(kind -> PulsarRefusal.is(failure, kind));
  }

  private Explanation lasting(String what, Throwable failure) {
    if (isAboutTheTopic(failure)) {
      return new Explanation(
          "%s did not let us %s: %s.".formatted(settings.name(), what, Causes.root(failure)),
          "Create it again, or set pulsarNamespace to the source's pulsar.tenant and "
              + "pulsar.namespace.");
    }
    if (Causes.refusesTls(failure)
        || PulsarRefusal.is(failure, PulsarClientException.AuthenticationException.class)
        || PulsarRefusal.is(failure, PulsarClientException.AuthorizationException.class)) {
      return explain(failure);
    }
    return new Explanation(
        "%s did not let us %s: %s.".formatted(settings.name(), what, Causes.root(failure)),
        "Look for this answer in its documentation.");
  }

  /** Unwraps the failure of a future. */
  private static Throwable plain(Throwable failure) {
    return Causes.find(failure, PulsarClientException.class)
        .map(Throwable.class::cast)
        .orElse(failure);
  }

  /** Explains why access is denied. */
  Explanation explain(Throwable failure) {
    if (PulsarRefusal.is(failure, PulsarClientException.AuthorizationException.class)) {
      return new Explanation(
          "%s does not let us read: %s.".formatted(settings.name(), Causes.root(failure)),
          ("Grant 'consume' on namespace %s/%s to the token's role, or set "
                  + "pulsarNamespace to the source's pulsar.tenant and pulsar.namespace.")
              .formatted(settings.tenant(), settings.namespace()));
    }
    return PulsarRefusal.explain(settings.endpoint(), failure);
  }
}
