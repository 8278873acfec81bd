package io.milvus.cdc.examples.e2e.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.ServerProcess;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The main job, done by the server's program and nothing but requests to it. */
@ExtendWith(OneBench.class)
@Tag("slow")
class HttpServerE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String TASK = "/api/v1/tasks/mirror";

  @TempDir private Path directory;
  private Bench bench;
  private ServerProcess server;
  private Path config;

  /** How a client gives its orders. */
  private interface Client {
    void create(String database) throws Exception;

    void order(String word) throws Exception;

    String state();

    void delete();
  }

  /** What is done when all rows have arrived. */
  private interface LastStep {
    void take(Table table) throws Exception;
  }

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void start(String yaml) throws Exception {
    config = Files.writeString(directory.resolve("cdc.yaml"), yaml);
    restart();
  }

  private void restart() throws Exception {
    server =
        ServerProcess.start(config, directory.resolve("state"), directory.resolve("server.log"));
  }

  @Test
  void clientsOfTheGoServerFindTheirServer() throws Exception {
    Addresses at = bench.addresses();
    String cluster = at.source().channelPrefix().replace("-rootcoord-dml", "");
    start(
        """
        address: 0.0.0.0:8444
        maxTaskNum: 100
        metaStoreConfig: {storeType: etcd, etcd: {address: ['%s']}, rootPath: cdc-by-dev}
        sourceConfig:
          etcd: {address: ['%s'], rootPath: %s, metaSubPath: %s}
          replicateChan: %s-replicate-msg
          %s
        """
            .formatted(
                at.etcd(),
                at.etcd(),
                at.source().rootPath(),
                at.source().metaSubPath(),
                cluster,
                at.kafka().isEmpty()
                    ? "pulsar: {address: '%s', tenant: public, namespace: default}"
                        .formatted(at.pulsar())
                    : "kafka: {address: '%s'}".formatted(at.kafka())));
    doTheMainJob(new GoClient(), table -> {});
    assertThat(server.output()).contains("ignored: metaStoreConfig");
    assertThat(server.post("/cdc", "{\"request_type\":\"list\"}"))
        .hasToString("{\"code\":200,\"data\":{\"tasks\":[]}}");
  }

  @Test
  void theJobIsDoneThroughRest() throws Exception {
    start(bench.serverConfiguration());
    RestClient client = new RestClient();
    doTheMainJob(client, table -> compareByCommand(client, table));
  }

  /** What the command says while both sides are equal, and when a row is on one of them only. */
  private void compareByCommand(Client client, Table table) throws Exception {
    CommandRun equal = compare(10);
    assertThat(equal.status()).as(equal.output()).isZero();
    assertThat(equal.output())
        .contains(table.collection() + " ", "EQUAL: 1 collections, 2500 rows");

    client.order("pause");
    table.delete(777, 778);
    CommandRun different = compare(3);
    assertThat(different.status()).as(different.output()).isEqualTo(1);
    assertThat(different.output()).contains("row 777 is only on the target", "DIFFERENT");

    client.order("resume");
    assertEqual(table.collection().database(), 2499);

    table.collection().serving().release();
    awaitCaughtUp();
    CommandRun unread = compare(3);
    assertThat(unread.status()).as(unread.output()).isEqualTo(1);
    assertThat(unread.output())
        .contains("its rows were not compared: it is loaded on neither side");
    CommandRun loaded = compare(10, "--load");
    assertThat(loaded.status()).as(loaded.output()).isZero();
  }

  /**
   * Runs the command.
   *
   * @param seconds how long it looks again at what differs, which it does to the end if that stays
   */
  private CommandRun compare(int seconds, String... more) throws Exception {
    String[] usual = {
      "compare",
      "--config",
      config.toString(),
      "--target",
      "standby",
      "--task",
      "mirror",
      "--server",
      server.address(),
      "--retry-for",
      Integer.toString(seconds)
    };
    return CommandRun.of(Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new));
  }

  /** Rows arrive; a task that runs runs on in the next process, and one that rests rests there. */
  private void doTheMainJob(Client client, LastStep lastStep) throws Exception {
    String database = bench.database("a");
    client.create(database);
    await().atMost(SOON).until(() -> status().path("state").asText().equals("RUNNING"));
    Table table = Table.create(bench.sourceClient(), database, "t", 2);
    table.insert(0, 2000, "row");
    assertEqual(database, 2000);

    server.terminate();
    table.insert(2000, 3000, "row");
    restart();
    assertEqual(database, 3000);

    client.order("pause");
    server.kill();
    restart();
    assertThat(client.state()).isEqualToIgnoringCase("paused");
    table.delete(0, 500);
    client.order("resume");
    assertThat(client.state()).isNotEqualToIgnoringCase("paused");
    assertEqual(database, 2500);

    lastStep.take(table);
    awaitDropped();
    client.delete();
  }

  private JsonNode status() {
    return server.get(TASK + "/status");
  }

  /** Ticks come as long as there is a collection. */
  private void awaitCaughtUp() {
    Instant now = Instant.now();
    await()
        .atMost(SOON)
        .until(
            () ->
                Instant.parse(status().path("watermarkTime").asText("1970-01-01T00:00:00Z"))
                    .isAfter(now));
  }

  private void awaitDropped() {
    long applied = status().path("counters").path("schemaChanges").asLong();
    bench.dropDatabases();
    // The collection, and its database.
    await()
        .atMost(SOON)
        .until(() -> status().path("counters").path("schemaChanges").asLong() >= applied + 2);
  }

  private void assertEqual(String database, long rows) throws Exception {
    awaitCaughtUp();
    Verdict verdict =
        Comparison.of(bench.sourceSide(), bench.targetSide())
            .load()
            .databases(database)
            .targetReadAt(
                () -> new HybridTime(Long.parseLong(status().path("readTimestamp").asText())))
            .retryFor(SOON)
            .run();
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).as(verdict.table()).isEqualTo(rows);
  }

  private final class GoClient implements Client {
    private JsonNode ask(String type, String data) {
      JsonNode answer =
          server.post(
              "/cdc", "{\"request_type\":\"%s\",\"request_data\":{%s}}".formatted(type, data));
      assertThat(answer.path("code").asInt()).as(answer.toString()).isEqualTo(200);
      return answer.path("data");
    }

    @Override
    public void create(String database) {
      assertThat(
              ask(
                      "create",
                      "\"task_id\":\"mirror\",\"milvus_connect_param\":{\"uri\":\"%s\",\"connect_timeout\":10},\"db_collections\":{\"%s\":[{\"name\":\"*\"}]}"
                          .formatted(bench.addresses().target().uri(), database))
                  .path("task_id")
                  .asText())
          .isEqualTo("mirror");
    }

    @Override
    public void order(String word) {
      ask(word, "\"task_id\":\"mirror\"");
    }

    @Override
    public String state() {
      return ask("get", "\"task_id\":\"mirror\"").path("task").path("state").asText();
    }

    @Override
    public void delete() {
      assertThat(ask("position", "\"task_id\":\"mirror\"").path("positions")).isNotEmpty();
      ask("delete", "\"task_id\":\"mirror\"");
    }
  }

  private final class RestClient implements Client {
    @Override
    public void create(String database) {
      server.post(
          "/api/v1/tasks",
          "{\"id\":\"mirror\",\"include\":[\"%s\"],\"target\":\"standby\"}".formatted(database));
    }

    @Override
    public void order(String word) {
      server.post(TASK + "/" + word, "");
    }

    @Override
    public String state() {
      return server.get(TASK).path("state").asText();
    }

    @Override
    public void delete() {
      server.send("DELETE", TASK, "");
      assertThat(server.get("/api/v1/tasks").path("tasks")).isEmpty();
    }
  }
}
