package io.milvus.cdc.examples.e2e.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.examples.e2e.bench.PulsarTopics;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.internal.queue.pulsar.PulsarSettings;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Retained;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What readers of Pulsar promise the engine, on a namespace that retains nothing by itself; no
 * Milvus needed.
 */
class PulsarQueueE2E {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static PulsarTopics topics;
  private static PulsarSettings settings;
  private static int tests;

  private MessageQueue queue;
  private String topic;
  private String subscription;

  @BeforeAll
  static void up() throws Exception {
    Addresses stack = LocalStack.up(line -> {}).addresses();
    String namespace = "queue" + System.currentTimeMillis();
    topics = new PulsarTopics(stack.pulsar(), stack.pulsarAdmin(), "public/" + namespace);
    topics.createNamespace(PulsarTopics.NO_RETENTION);
    settings =
        new PulsarSettings(
            PulsarEndpoint.at(stack.pulsar()).admin(stack.pulsarAdmin()), "public", namespace);
  }

  @AfterAll
  static void down() {
    topics.close();
  }

  @BeforeEach
  void open() {
    tests++;
    topic = "topic_" + tests;
    subscription = "milvus-cdc-test_" + tests;
    queue = settings.connect();
  }

  @AfterEach
  void close() {
    queue.close();
  }

  private QueueReader read(ReadFrom from, boolean pinned) {
    return queue.open(topic, subscription, from, null, pinned);
  }

  private void send(int from, int to) throws Exception {
    topics.send(topic, PulsarTopics.numbers(from, to));
  }

  private static List<QueueMessage> take(QueueReader reader, int count)
      throws InterruptedException {
    List<QueueMessage> taken = new ArrayList<>();
    long deadline = System.nanoTime() + SOON.toNanos();
    while (taken.size() < count && System.nanoTime() < deadline) {
      QueueMessage message = reader.poll(Duration.ofMillis(200));
      if (message != null) {
        taken.add(message);
      }
    }
    return taken;
  }

  private static List<String> bodies(List<QueueMessage> messages) {
    return messages.stream().map(PulsarQueueE2E::body).toList();
  }

  private static String body(QueueMessage message) {
    return new String(message.body().bytes(), StandardCharsets.UTF_8);
  }

  private static List<String> numbers(int from, int to) {
    return PulsarTopics.numbers(from, to).toList();
  }

  private static void assertExpired(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("no longer holds message");
  }

  @Test
  void readsFromWhereItIsSet() throws Exception {
    send(0, 3);
    Position second;
    try (QueueReader earliest = read(new ReadFrom.Earliest(), true)) {
      List<QueueMessage> all = take(earliest, 3);
      assertThat(bodies(all)).isEqualTo(numbers(0, 3));
      second = all.get(1).position();
    }
    queue.close();
    queue = settings.connect();
    try (QueueReader resumed = read(new ReadFrom.Resume(second), true)) {
      assertThat(bodies(take(resumed, 2))).isEqualTo(numbers(1, 3));
      assertThat(resumed.poll(Duration.ofMillis(100))).isNull();
    }
  }

  @Test
  void latestStaysLatestIfNothingIsReadBeforeACrash() throws Exception {
    send(0, 3);
    Position beginning;
    try (QueueReader latest = read(new ReadFrom.Latest(), true)) {
      beginning = latest.beginning();
    }
    send(3, 5);
    queue.close();
    queue = settings.connect();
    try (QueueReader resumed = read(new ReadFrom.Resume(beginning), true)) {
      assertThat(bodies(take(resumed, 2))).isEqualTo(numbers(3, 5));
    }
  }

  @Test
  void aChangeOfLedgersIsNoGap() throws Exception {
    send(0, 10);
    try (QueueReader reader = read(new ReadFrom.Earliest(), true)) {
      assertThat(bodies(take(reader, 10))).isEqualTo(numbers(0, 10));
      topics.unload(topic);
      send(10, 20);
      topics.unload(topic);
      send(20, 30);
      assertThat(bodies(take(reader, 20))).isEqualTo(numbers(10, 30));
    }
  }

  @Test
  void whatIsDeletedWhileItIsReadIsReportedBeforeAnythingBehindIt() throws Exception {
    send(0, 1);
    try (QueueReader reader = read(new ReadFrom.Earliest(), false)) {
      assertThat(bodies(take(reader, 1))).isEqualTo(numbers(0, 1));
      send(1, 2000);
      topics.unload(topic);
      send(2000, 4000);
      topics.unload(topic);
      send(4000, 4001);
      topics.trim(topic);
      Awaitility.await()
          .atMost(SOON)
          .until(() -> topics.internalStats(topic).path("ledgers").size() == 1);
      List<String> handedOut = new ArrayList<>();
      assertExpired(
          () -> {
            while (true) {
              QueueMessage message = reader.poll(Duration.ofSeconds(1));
              if (message != null) {
                handedOut.add(body(message));
              }
            }
          });
      assertThat(handedOut).isEqualTo(numbers(1, handedOut.size() + 1)).doesNotContain("4000");
    }
  }

  @Test
  void aPinKeepsWhatIsNotAcknowledgedAndNoPinDoesNot() throws Exception {
    send(0, 10);
    Position fifth;
    try (QueueReader reader = read(new ReadFrom.Earliest(), true)) {
      List<QueueMessage> read = take(reader, 10);
      fifth = read.get(5).position();
      reader.acknowledgeBefore(fifth);
      topics.unload(topic);
      send(10, 20);
      topics.trim(topic);
      assertThat(bodies(take(reader, 10))).isEqualTo(numbers(10, 20));
    }
    queue.close();
    queue = settings.connect();
    try (QueueReader resumed = read(new ReadFrom.Resume(fifth), true)) {
      assertThat(bodies(take(resumed, 15))).isEqualTo(numbers(5, 20));
      resumed.unpin();
      assertThat(topics.stats(topic).path("subscriptions").has(subscription)).isFalse();
      topics.trim(topic);
      Awaitility.await()
          .atMost(SOON)
          .until(() -> topics.internalStats(topic).path("ledgers").size() == 1);
      send(20, 21);
      assertThat(bodies(take(resumed, 1))).isEqualTo(numbers(20, 21));
    }
    assertExpired(() -> read(new ReadFrom.Resume(fifth), false));
  }

  @Test
  void aReaderThatPinsAgainKeepsWhatItHasNotAcknowledged() throws Exception {
    send(0, 10);
    Position third;
    try (QueueReader reader = read(new ReadFrom.Earliest(), false)) {
      third = take(reader, 10).get(3).position();
      reader.acknowledgeBefore(third);
      reader.pin();
    }
    queue.close();
    topics.unload(topic);
    send(10, 11);
    topics.trim(topic);
    queue = settings.connect();
    try (QueueReader resumed = read(new ReadFrom.Resume(third), true)) {
      assertThat(bodies(take(resumed, 8))).isEqualTo(numbers(3, 11));
    }
  }

  @Test
  void anAdministratorWhoSkipsTheBacklogTakesNothingFromARunningReader() throws Exception {
    send(0, 10);
    try (QueueReader reader = read(new ReadFrom.Earliest(), true)) {
      take(reader, 5);
      send(10, 1000);
      topics.skipAll(topic, subscription);
      assertThat(bodies(take(reader, 995))).isEqualTo(numbers(5, 1000));
      topics.removeSubscription(topic, subscription);
      send(1000, 1010);
      assertThat(bodies(take(reader, 10))).isEqualTo(numbers(1000, 1010));
    }
  }

  @Test
  void aSubscriptionThatExpiredIsReplacedWithoutReadingAgainAllThatIsRetained() throws Exception {
    topics.send(topic, PulsarTopics.numbers(0, 5000));
    Position last;
    try (QueueReader reader = read(new ReadFrom.Latest(), true);
        QueueReader keeper = queue.open(topic, "keeper", new ReadFrom.Earliest(), null, true)) {
      send(5000, 5001);
      last = take(reader, 1).get(0).position();
      topics.removeSubscription(topic, subscription);
      send(5001, 5002);
      assertThat(take(keeper, 1)).hasSize(1);
    }
    queue.close();
    queue = settings.connect();
    long before = topics.stats(topic).path("msgOutCounter").asLong();
    try (QueueReader resumed = read(new ReadFrom.Resume(last), true)) {
      assertThat(bodies(take(resumed, 2))).isEqualTo(numbers(5000, 5002));
    }
    assertThat(topics.stats(topic).path("msgOutCounter").asLong() - before).isLessThan(100);
  }

  @Test
  void aTopicThatWasCreatedAgainIsReportedAtOnceAndOnResumption() throws Exception {
    send(0, 10);
    try (QueueReader reader = read(new ReadFrom.Earliest(), true)) {
      Position last = take(reader, 10).get(9).position();
      topics.delete(topic);
      send(100, 200);
      List<QueueMessage> behind = new ArrayList<>();
      assertExpired(
          () -> {
            while (true) {
              QueueMessage message = reader.poll(Duration.ofSeconds(1));
              if (message != null) {
                behind.add(message);
              }
            }
          });
      assertThat(behind).isEmpty();
      assertExpired(() -> queue.open(topic, "other", new ReadFrom.Resume(last), null, true));
    }
  }

  @Test
  void everyMessageOfABatchIsReadOnceAlsoFromItsMiddle() throws Exception {
    topics.sendBatch(topic, "0", "1", "2", "3");
    topics.sendBatch(topic, "4", "5");
    Position third;
    try (QueueReader reader = read(new ReadFrom.Earliest(), true)) {
      List<QueueMessage> all = take(reader, 6);
      assertThat(bodies(all)).isEqualTo(numbers(0, 6));
      assertThat(Set.copyOf(all.stream().map(QueueMessage::position).toList())).hasSize(6);
      third = all.get(2).position();
      reader.acknowledgeBefore(third);
    }
    queue.close();
    queue = settings.connect();
    try (QueueReader resumed = read(new ReadFrom.Resume(third), true)) {
      assertThat(bodies(take(resumed, 4))).isEqualTo(numbers(2, 6));
    }
  }

  @Test
  void aReaderThatRestsReadsOnAfterWhatWasPassed() throws Exception {
    send(0, 3);
    try (QueueReader reader = read(new ReadFrom.Earliest(), true);
        QueueReader leader = queue.open(topic, "leader", new ReadFrom.Earliest(), null, true)) {
      take(reader, 3);
      reader.suspend();
      send(3, 10);
      take(leader, 10).forEach(message -> reader.skipTo(message.position()));
      topics.unload(topic);
      send(10, 12);
      reader.resume();
      assertThat(bodies(take(reader, 2))).isEqualTo(numbers(10, 12));
    }
  }

  @Test
  void aTopicOfOnePartitionIsReadUnderItsOwnNameAndOneOfSeveralIsRefused() throws Exception {
    topics.createPartitions(1);
    try {
      send(0, 3);
      assertThat(queue.topics()).contains(topic).noneMatch(name -> name.contains("partition"));
      try (QueueReader reader = read(new ReadFrom.Earliest(), true)) {
        assertThat(bodies(take(reader, 3))).isEqualTo(numbers(0, 3));
      }
      queue.unsubscribe(List.of(topic), subscription);
      topics.createPartitions(3);
      String three = topic + "_three";
      topics.send(three, PulsarTopics.numbers(0, 3));
      assertThat(queue.topics()).contains(three);
      assertThatThrownBy(
              () -> queue.open(three, subscription, new ReadFrom.Earliest(), null, false))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("has 3 partitions");
    } finally {
      topics.createNoPartitions();
    }
  }

  @Test
  void limitsAndWhatIsKeptAreThoseOfTheAdministration() throws Exception {
    topics.limitBacklog(1 << 20, "producer_exception");
    try (QueueReader reader = read(new ReadFrom.Earliest(), true)) {
      send(0, 100);
      take(reader, 100);
      QueueLimits limits = queue.limits(topic);
      assertThat(limits.backlogBytes()).isEqualTo(1 << 20);
      assertThat(limits.stopsProducers()).isTrue();
      assertThat(limits.retains()).isFalse();
      Awaitility.await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                Retained kept =
                    queue.retained(List.of(topic), List.of(subscription), limits).get(subscription);
                assertThat(kept.pinned()).isTrue();
                assertThat(kept.channel()).isEqualTo(topic);
                assertThat(kept.bytes()).isPositive();
              });
      assertThat(queue.unused(List.of(topic), "milvus-cdc-")).isEmpty();
    }
    queue.close();
    queue = settings.connect();
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(queue.unused(List.of(topic), "milvus-cdc-"))
                    .containsOnlyKeys(subscription));
    queue.unsubscribe(List.of(topic), subscription);
    assertThat(queue.unused(List.of(topic), "milvus-cdc-")).isEmpty();
  }
}
