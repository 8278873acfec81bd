package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Delivers changes to a {@link ChangeConsumer}. Immutable. */
public final class ConsumerTarget implements ChangeTarget {
  private static final long BATCH_BYTES = 1 << 20;

  private final ChangeConsumer consumer;
  private final long batchBytes;
  private final Predicate<? super Throwable> passing;

  private ConsumerTarget(
      ChangeConsumer consumer, long batchBytes, Predicate<? super Throwable> passing) {
    this.consumer = consumer;
    this.batchBytes = batchBytes;
    this.passing = passing;
  }

  /** Returns a target that delivers changes to this consumer. */
  public static ConsumerTarget of(ChangeConsumer consumer) {
    return new ConsumerTarget(consumer, BATCH_BYTES, ConsumerTarget::isPassing);
  }

  private static boolean isPassing(Throwable failure) {
    return failure instanceof RetriableException
        || failure instanceof IOException
        || failure instanceof UncheckedIOException
        || failure instanceof TimeoutException;
  }

  /**
   * Returns a copy that limits the bytes of messages in a batch of rows. A single timestamp may
   * exceed the limit. As Java objects they use a few times as much memory. Default: 1 MiB.
   *
   * @throws ConfigException if the limit is not positive
   */
  public ConsumerTarget batchBytes(long most) {
    if (most < 1) {
      throw new ConfigException(
          "A batch of %d bytes holds no change.".formatted(most), "Set 1 or more.");
    }
    return new ConsumerTarget(consumer, most, passing);
  }

  /**
   * Returns a copy that decides which failures of the consumer are temporary. After a temporary
   * failure the task retries from its checkpoint, with growing pauses. After any other failure it
   * fails, so that nothing is lost, until it is resumed. Default: {@link RetriableException},
   * {@link IOException}, {@link UncheckedIOException} and {@link TimeoutException} are temporary.
   */
  public ConsumerTarget retryWhen(Predicate<? super Throwable> failure) {
    return new ConsumerTarget(consumer, batchBytes, failure);
  }

  @Override
  public Inspection check() {
    return Inspection.clean();
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows) {
    return List.of();
  }

  @Override
  public TargetSession open(Opening opening) {
    return new ConsumerSession(
        new Handover(consumer, passing),
        batchBytes,
        KnownCollections.parse(opening.sessionState()),
        opening.cut());
  }

  /** Does nothing: the consumer belongs to its program. */
  @Override
  public List<String> promote(long ceiling) {
    return List.of();
  }

  @Override
  public long demote() {
    return Timestamps.of(Instant.now());
  }

  @Override
  public String toString() {
    return "consumer " + consumer;
  }
}
