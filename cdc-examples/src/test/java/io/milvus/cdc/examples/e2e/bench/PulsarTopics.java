package io.milvus.cdc.examples.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pulsar.client.api.Producer;
import org.apache.pulsar.client.api.PulsarClient;
import org.awaitility.Awaitility;

/** An administrator of a Pulsar, and a producer there. */
public final class PulsarTopics implements AutoCloseable {
  public static final String NO_RETENTION =
      "{\"retentionTimeInMinutes\":0,\"retentionSizeInMB\":0}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PulsarClient client;
  private final String admin;
  private final String namespace;

  /**
   * Connects to a Pulsar.
   *
   * @param admin such as {@code http://host:8080}
   * @param namespace with its tenant
   */
  public PulsarTopics(String serviceUrl, String admin, String namespace) throws Exception {
    this.client = PulsarClient.builder().serviceUrl(serviceUrl).build();
    this.admin = admin;
    this.namespace = namespace;
  }

  public static PulsarTopics of(Addresses stack) throws Exception {
    return new PulsarTopics(stack.pulsar(), stack.pulsarAdmin(), stack.pulsarNamespace());
  }

  /** Sends messages of these bodies, each with an entry of its own. */
  public void send(String topic, Stream<String> bodies) throws Exception {
    produce(topic, bodies, false);
  }

  /** Sends messages of these bodies in one batch. */
  public void sendBatch(String topic, String... bodies) throws Exception {
    produce(topic, Stream.of(bodies), true);
  }

  private void produce(String topic, Stream<String> bodies, boolean batch) throws Exception {
    try (Producer<byte[]> producer =
        client
            .newProducer()
            .topic(fullName(topic))
            .enableBatching(batch)
            .batchingMaxPublishDelay(1, TimeUnit.SECONDS)
            .blockIfQueueFull(true)
            .create()) {
      List<CompletableFuture<?>> sending =
          bodies
              .<CompletableFuture<?>>map(
                  body -> producer.sendAsync(body.getBytes(StandardCharsets.UTF_8)))
              .toList();
      producer.flush();
      sending.forEach(CompletableFuture::join);
    }
  }

  public static Stream<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString);
  }

  public String fullName(String topic) {
    return "persistent://%s/%s".formatted(namespace, topic);
  }

  public void createNamespace(String retention) throws Exception {
    order("PUT", "namespaces/" + namespace, "{}");
    order("POST", "namespaces/%s/retention".formatted(namespace), retention);
  }

  /** Makes new topics partitioned ones. */
  public void createPartitions(int count) throws Exception {
    order(
        "POST",
        "namespaces/%s/autoTopicCreation".formatted(namespace),
        "{\"allowAutoTopicCreation\":true,\"topicType\":\"partitioned\",\"defaultNumPartitions\":%d}"
            .formatted(count));
  }

  public void createNoPartitions() throws Exception {
    order("DELETE", "namespaces/%s/autoTopicCreation".formatted(namespace), "");
  }

  /** Closes the topic's ledger; the next message begins another. */
  public void unload(String topic) throws Exception {
    order("PUT", path(topic, "unload"), "");
  }

  /** Deletes the ledgers that no subscription and no retention keeps. */
  public void trim(String topic) throws Exception {
    order("POST", path(topic, "trim"), "");
  }

  /**
   * Deletes what everybody has read, although the namespace retains it. A Milvus that has much to
   * store reads late.
   */
  public void deleteWhatIsRead(String topic) throws Exception {
    order("POST", path(topic, "retention"), NO_RETENTION);
    unload(topic);
    trim(topic);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              trim(topic);
              return internalStats(topic).path("ledgers").size() == 1;
            });
    order("DELETE", path(topic, "retention"), "");
  }

  /** Waits until the topic has a producer, and each subscription a consumer. */
  public void awaitClients(String topic) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              JsonNode stats = stats(topic);
              return !stats.path("publishers").isEmpty()
                  && stats
                      .path("subscriptions")
                      .valueStream()
                      .noneMatch(each -> each.path("consumers").isEmpty());
            });
  }

  public void delete(String topic) throws Exception {
    order("DELETE", path(topic, "") + "?force=true", "");
  }

  public void skipAll(String topic, String subscription) throws Exception {
    order("POST", path(topic, "subscription/%s/skip_all".formatted(subscription)), "");
  }

  public void removeSubscription(String topic, String subscription) throws Exception {
    order("DELETE", path(topic, "subscription/" + subscription) + "?force=true", "");
  }

  /** Removes subscriptions that no consumer uses, such as those of a Milvus that was killed. */
  public void removeIdleSubscriptions(String topic) throws Exception {
    for (var each : stats(topic).path("subscriptions").properties()) {
      if (each.getValue().path("consumers").isEmpty()) {
        removeSubscription(topic, each.getKey());
      }
    }
  }

  public void limitBacklog(long bytes, String policy) throws Exception {
    order(
        "POST",
        "namespaces/%s/backlogQuota?backlogQuotaType=destination_storage".formatted(namespace),
        "{\"limitSize\":%d,\"policy\":\"%s\"}".formatted(bytes, policy));
  }

  public void limitNothing() throws Exception {
    order(
        "DELETE",
        "namespaces/%s/backlogQuota?backlogQuotaType=destination_storage".formatted(namespace),
        "");
  }

  public JsonNode stats(String topic) throws Exception {
    return JSON.readTree(
        order("GET", path(topic, "stats") + "?subscriptionBacklogSize=true", "").body());
  }

  public JsonNode internalStats(String topic) throws Exception {
    return JSON.readTree(order("GET", path(topic, "internalStats"), "").body());
  }

  /** Begins to close the client, whose threads take seconds to end. */
  @Override
  public void close() {
    var unused = client.closeAsync();
  }

  private String path(String topic, String what) {
    return "persistent/%s/%s/%s".formatted(namespace, topic, what).replaceFirst("/$", "");
  }

  private HttpResponse<String> order(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(admin + "/admin/v2/" + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
    return answer;
  }
}
