package io.milvus.cdc.examples.e2e.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.examples.e2e.bench.KafkaTopics;
import io.milvus.cdc.examples.e2e.bench.SecureKafka;
import io.milvus.cdc.examples.e2e.bench.Together;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.internal.queue.kafka.KafkaSettings;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.ReadFrom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What readers of Kafka promise the engine, over TLS and with a login; no Milvus needed. */
class KafkaQueueE2E {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static @Nullable SecureKafka kafka;
  private static int tests;

  private KafkaTopics topics;
  private MessageQueue queue;
  private String topic;
  private String group;

  @BeforeAll
  static void up() {
    kafka = SecureKafka.up();
  }

  @AfterAll
  static void down() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    topics = kafka.topics();
    queue = kafka.settings().connect();
    tests++;
    topic = "topic_" + tests;
    group = "milvus-cdc-test_" + tests;
    topics.create(topic);
    Awaitility.await().atMost(SOON).until(() -> queue.topics().contains(topic));
  }

  @AfterEach
  void close() {
    queue.close();
    topics.close();
  }

  private void send(String... messages) throws Exception {
    for (String message : messages) {
      topics.send(topic, message.getBytes(StandardCharsets.UTF_8));
    }
  }

  private QueueReader read(ReadFrom from) {
    return queue.open(topic, group, from, null, true);
  }

  private static List<String> take(QueueReader reader, int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    long deadline = System.nanoTime() + SOON.toNanos();
    while (taken.size() < count && System.nanoTime() < deadline) {
      QueueMessage message = reader.poll(Duration.ofMillis(200));
      if (message != null) {
        String offset = message.position().text().replaceFirst("@.*", "");
        taken.add(offset + new String(message.body().bytes(), StandardCharsets.UTF_8));
      }
    }
    return taken;
  }

  @Test
  void beginsWhereItIsTold() throws Exception {
    send("a", "b", "c");
    try (QueueReader earliest = read(new ReadFrom.Earliest());
        QueueReader at = read(new ReadFrom.At(new Position("1")));
        QueueReader resumed = read(new ReadFrom.Resume(new Position("2")));
        QueueReader latest = read(new ReadFrom.Latest())) {
      send("d");
      assertThat(take(earliest, 4)).containsExactly("0a", "1b", "2c", "3d");
      assertThat(take(at, 3)).containsExactly("1b", "2c", "3d");
      assertThat(take(resumed, 2)).containsExactly("2c", "3d");
      assertThat(take(latest, 1)).containsExactly("3d");
    }
  }

  @Test
  void latestStaysLatestWhenNothingWasReadBeforeACrash() throws Exception {
    send("before");
    read(new ReadFrom.Latest()).close();
    send("after");
    try (QueueReader reader = read(new ReadFrom.Continue((catalog, collection) -> true))) {
      assertThat(take(reader, 1)).containsExactly("1after");
    }
  }

  @Test
  void whereNothingWasCommittedItContinuesAtTheEarliest() throws Exception {
    send("a");
    try (QueueReader reader = read(new ReadFrom.Continue((catalog, collection) -> true))) {
      assertThat(take(reader, 1)).containsExactly("0a");
    }
  }

  @Test
  void whatIsAcknowledgedIsCommittedUntilTheGroupIsRemoved() throws Exception {
    send("a", "b", "c");
    try (QueueReader reader = read(new ReadFrom.Earliest())) {
      take(reader, 3);
      reader.acknowledgeBefore(new Position("2"));
      Awaitility.await()
          .atMost(SOON)
          .until(
              () -> {
                reader.poll(Duration.ofMillis(100));
                return topics.committed(group).getOrDefault(topic, -1L) == 2;
              });
    }
    queue.unsubscribe(List.of(topic), group);
    assertThat(topics.groups()).doesNotContain(group);
    queue.unsubscribe(List.of(topic), group);
  }

  @Test
  void whatIsGoneIsTold() throws Exception {
    send("a", "b", "c");
    read(new ReadFrom.At(new Position("1"))).close();
    topics.deleteBefore(topic, 2);
    assertExpired(() -> read(new ReadFrom.Resume(new Position("1"))));
    assertExpired(() -> read(new ReadFrom.At(new Position("0"))));
    assertExpired(() -> read(new ReadFrom.Continue((catalog, collection) -> true)));
    assertExpired(() -> queue.open(topic, group, new ReadFrom.Earliest(), new Position("1"), true));
    assertExpired(
        () ->
            queue.open(
                topic,
                group + "_new",
                new ReadFrom.Continue((catalog, collection) -> true),
                new Position("1"),
                true));
    read(new ReadFrom.Earliest()).close();
    try (QueueReader reader =
        queue.open(
            topic,
            group,
            new ReadFrom.Continue((catalog, collection) -> true),
            new Position("1"),
            true)) {
      assertThat(take(reader, 1)).containsExactly("2c");
    }
  }

  @Test
  void whatGoesWhileItIsReadIsTold() throws Exception {
    send("a");
    try (QueueReader reader = read(new ReadFrom.Earliest())) {
      assertThat(take(reader, 1)).containsExactly("0a");
      send("b", "c");
      topics.deleteBefore(topic, 3);
      send("d");
      assertExpired(() -> take(reader, 3));
    }
  }

  @Test
  void aTopicThatWasMadeAnewIsTold() throws Exception {
    send("a", "b", "c");
    topics.delete(topic);
    Awaitility.await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> {
              topics.create(topic);
              return true;
            });
    send("x");
    assertThatThrownBy(() -> read(new ReadFrom.Resume(new Position("2"))))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("created again");
  }

  @Test
  void aTopicThatWasCreatedAgainAndHasGrownIsReported() throws Exception {
    send("a", "b", "c");
    Position last;
    try (QueueReader reader = read(new ReadFrom.Earliest())) {
      take(reader, 2);
      last = reader.poll(Duration.ofSeconds(5)).position();
      topics.delete(topic);
      Awaitility.await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(
              () -> {
                topics.create(topic);
                return true;
              });
      Thread.sleep(1_100);
      send("t", "u", "v", "w", "x", "y", "z");
      assertThatThrownBy(() -> take(reader, 1))
          .isInstanceOf(PositionExpiredException.class)
          .hasMessageContaining("no longer holds message");
    }
    try (QueueReader resumed = read(new ReadFrom.Resume(last))) {
      assertThatThrownBy(() -> take(resumed, 1))
          .isInstanceOf(PositionExpiredException.class)
          .hasMessageContaining("another message has its place");
    }
  }

  @Test
  void theRetentionOfATopicIsKnown() {
    QueueLimits limits = queue.limits(topic);
    assertThat(limits.retention()).isNotNull();
    assertThat(limits.limitsBacklog()).isFalse();
    assertThat(limits.stopsProducers()).isFalse();
  }

  private static void assertExpired(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("no longer holds message")
        .hasMessageContaining("start from that backup's positions");
  }

  @Test
  void anInterruptEndsAPollAtOnce() throws Exception {
    try (QueueReader reader = read(new ReadFrom.Latest())) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  reader.poll(Duration.ofSeconds(30));
                  interrupted.complete(false);
                } catch (InterruptedException e) {
                  interrupted.complete(true);
                }
              });
      thread.start();
      Thread.sleep(300);
      thread.interrupt();
      assertThat(interrupted.get(2, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closingEndsAPollOfAnotherThread() throws Exception {
    QueueReader reader = read(new ReadFrom.Latest());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                reader.poll(Duration.ofSeconds(30));
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    thread.start();
    Thread.sleep(300);
    long before = System.nanoTime();
    reader.close();
    thread.join(1000);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    assertThat(failure.get()).isNull();
    assertThat(reader.poll(Duration.ofMillis(1))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256"})
  void theRightPasswordReadsAndIsNotLogged(String mechanism) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("org.apache.kafka");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.DEBUG);
    send("a");
    String password = kafka.users().password();
    try (MessageQueue other = kafka.settings(mechanism, kafka.users().user(), password).connect();
        QueueReader reader = other.open(topic, group, new ReadFrom.Earliest(), null, true)) {
      other.checkAccess(topic);
      assertThat(take(reader, 1)).containsExactly("0a");
    } finally {
      logger.setLevel(null);
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(line -> line.contains("sasl.jaas.config"))
        .noneMatch(line -> line.contains(password));
  }

  @Test
  void aWrongPasswordIsRefused() {
    KafkaSettings settings = kafka.settings("PLAIN", kafka.users().user(), "wrong");
    refused(settings, "refuses user '%s'".formatted(kafka.users().user()), "Check the user");
    assertThat(settings.toString()).doesNotContain("wrong");
    refused(kafka.settings("SCRAM-SHA-256", kafka.users().user(), "wrong"), "Check the user");
    refused(kafka.settings("SCRAM-SHA-512", kafka.users().user(), "any"), "SCRAM-SHA-512");
  }

  @Test
  void aUserWhoMayNotReadIsRefused() {
    refused(
        kafka.settings("PLAIN", kafka.users().guest(), kafka.users().guestPassword()),
        "does not let us read",
        "Grant 'Read' on the source's topics to user '%s'".formatted(kafka.users().guest()));
  }

  @Test
  void aStrangersCertificateIsRefused() {
    refused(
        new KafkaSettings(kafka.endpoint().trust(kafka.stranger())),
        "not trusted",
        "trusted certificates for Kafka");
    refused(new KafkaSettings(kafka.withoutTrust()), "not trusted");
  }

  @Test
  void whatIsNoKafkaIsRefused() {
    Together.run(
        () -> refused(new KafkaSettings(KafkaEndpoint.at(kafka.address())), "TLS", "a login"),
        () ->
            refused(
                new KafkaSettings(KafkaEndpoint.at("127.0.0.1:9")),
                "127.0.0.1:9",
                "Check the address"),
        () ->
            refused(
                new KafkaSettings(KafkaEndpoint.at("no.such.host:9")),
                "no.such.host",
                "Check the address"),
        () ->
            refused(
                new KafkaSettings(KafkaEndpoint.at(kafka.address()).trust(Path.of("/no/such.pem"))),
                "/no/such.pem"));
  }

  /** Where a task that runs, and connects again, takes note of it. */
  @Test
  void whoIsRefusedIsNotTakenForOneWhoFindsNobody() {
    KafkaSettings wrong = kafka.settings("PLAIN", kafka.users().user(), "wrong");
    KafkaSettings strange = new KafkaSettings(kafka.endpoint().trust(kafka.stranger()));
    KafkaSettings absent = new KafkaSettings(KafkaEndpoint.at("127.0.0.1:9"));
    Together.run(
        () -> assertThat(failure(wrong)).isInstanceOf(SourceRefusedException.class),
        () -> assertThat(failure(strange)).isInstanceOf(SourceRefusedException.class),
        () ->
            assertThat(failure(absent))
                .isInstanceOf(RetriableException.class)
                .isNotInstanceOf(SourceRefusedException.class));
  }

  private static Throwable failure(KafkaSettings settings) {
    try (MessageQueue other = settings.connect()) {
      return catchThrowable(other::topics);
    }
  }

  private void refused(KafkaSettings settings, String... reasons) {
    assertThatThrownBy(
            () -> {
              try (MessageQueue other = settings.connect()) {
                other.checkAccess(topic);
              }
            })
        .isInstanceOf(RetriableException.class)
        .hasMessageContainingAll(reasons);
  }
}
