package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.sources.QueueLimits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionPreflightTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final long QUOTA = 8L << 30;

  private static List<Finding> of(Pinning pinning, QueueLimits limits) {
    return new RetentionPreflight("Pulsar at x", true, pinning).of(limits);
  }

  private static QueueLimits limits(
      boolean stops, @Nullable Duration retention, @Nullable Duration expiry) {
    return new QueueLimits(QUOTA, null, stops, retention, -1, expiry, null);
  }

  @Test
  void thereIsNothingToSayOfWhatTheChartOfMilvusSets() {
    QueueLimits chart =
        new QueueLimits(
            QUOTA, null, true, WEEK, -1, Duration.ofMinutes(3), Duration.ofSeconds(259_200));
    assertThat(of(Pinning.AUTOMATIC, chart)).isEmpty();
  }

  @Test
  void aQuotaThatStopsTheSourceIsSaidIfTheQueueRetainsNothing() {
    assertThat(of(Pinning.AUTOMATIC, limits(true, Duration.ZERO, null)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.what())
                  .contains("stops the source from writing")
                  .contains(Long.toString(QUOTA));
              assertThat(finding.cure()).contains("Set a retention");
            });
  }

  @Test
  void subscriptionsThatExpireAreSaidIfTheQueueRetainsNothing() {
    assertThat(of(Pinning.ALWAYS, limits(true, Duration.ZERO, Duration.ofMinutes(3))))
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.what()).contains("removes a task's subscriptions"));
  }

  @Test
  void aTaskThatMayNotPinIsRejectedIfTheQueueRetainsNothing() {
    assertThat(of(Pinning.NEVER, limits(true, Duration.ZERO, null)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.isBlocking()).isTrue());
  }

  @Test
  void aShortRetentionOfKafkaIsSaid() {
    QueueLimits hour = new QueueLimits(-1, null, false, Duration.ofHours(1), -1, null, null);
    assertThat(new RetentionPreflight("Kafka at x", false, Pinning.AUTOMATIC).of(hour))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("60 minutes"));
    QueueLimits week = new QueueLimits(-1, null, false, WEEK, -1, null, null);
    assertThat(new RetentionPreflight("Kafka at x", false, Pinning.AUTOMATIC).of(week)).isEmpty();
  }

  @Test
  void whatCannotBeKnownIsSaid() {
    Finding finding =
        new RetentionPreflight("Pulsar at x", true, Pinning.AUTOMATIC).unknown("no answer");
    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(finding.cure()).contains("Set the address of Pulsar's administration");
  }
}
