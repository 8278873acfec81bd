package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.pulsar.PulsarRefusal;
import java.util.List;
import org.apache.pulsar.client.api.PulsarClientException;

/** Why Pulsar does not let us read, and what to do about it. */
record PulsarReadRefusal(PulsarSettings settings) {
  /** Answers of a broker that works, which stay until a person mends something. */
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

  /** Whether we were let in, and just asked for what is not there. */
  static boolean isAboutTheTopic(Throwable failure) {
    return PulsarRefusal.is(failure, PulsarClientException.NotFoundException.class)
        || PulsarRefusal.is(failure, PulsarClientException.TopicDoesNotExistException.class);
  }

  /**
   * What is thrown for this failure.
   *
   * @param what we did not get done, such as {@code read topic x}
   */
  RetriableException exception(String what, Throwable failure) {
    if (lasts(failure)) {
      Explanation why = lasting(what, failure);
      return new SourceRefusedException(why.what(), why.cure(), failure);
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

  /** Futures wrap what is to be told. */
  private static Throwable plain(Throwable failure) {
    return Causes.find(failure, PulsarClientException.class)
        .map(Throwable.class::cast)
        .orElse(failure);
  }

  /** Explains why we are not let in. */
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
