package io.milvus.cdc.examples.e2e.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Seeds;
import io.milvus.cdc.examples.e2e.bench.ServerProcess;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers that share a store. The one at work is killed or stopped at random moments while the
 * source is written to; how often is {@code -Dcdc.takeovers}, 3 by default.
 */
@Tag("slow")
class TakeoverE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final double ROWS_PER_SECOND = 1_500;
  private static final String TASKS = "/api/v1/tasks";

  @TempDir private Path directory;
  private final List<One> servers = new ArrayList<>();

  /** One of the two, through all of its processes. */
  private final class One {
    private final Path config;
    private final Path log;
    private ServerProcess process;

    One(String name, String yaml) throws Exception {
      config = Files.writeString(directory.resolve(name + ".yaml"), yaml);
      log = Files.createTempFile("takeover-" + name, ".log");
      System.out.println("log of server " + name + ": " + log);
      start();
    }

    private void start() throws Exception {
      process = ServerProcess.start(config, directory.resolve("unused"), log);
    }

    boolean works() {
      return process.answers("/readyz");
    }
  }

  @AfterEach
  void end() {
    servers.forEach(one -> one.process.close());
  }

  @Test
  void whenTheServerAtWorkDiesTheOtherGoesOnAndNothingIsLostOrDoubled() throws Exception {
    long seed = Seeds.next("takeover");
    SplittableRandom random = new SplittableRandom(seed);
    try (Bench bench = Bench.open("takeover")) {
      bench.database("a");
      bench.database("b");
      servers.add(new One("one", yaml(bench)));
      servers.add(new One("two", yaml(bench)));
      atWork()
          .process
          .post(
              TASKS,
              "{\"id\":\"mirror\",\"target\":\"standby\",\"include\":[%s]}"
                  .formatted(
                      Stream.of(bench.databases())
                          .map("\"%s\""::formatted)
                          .collect(Collectors.joining(","))));
      try (RunningWorkload workload =
          MixedWorkload.on(bench.sourceClient())
              .databases(bench.databases())
              .seed(seed)
              .rate(ROWS_PER_SECOND)
              .betweenChanges(Duration.ofMillis(500))
              .start()) {
        for (int i = 0; i < Integer.getInteger("cdc.takeovers", 3); i++) {
          awaitRunning();
          Thread.sleep(random.nextLong(500, 4000));
          // In between, so that the one that stood still also takes over.
          if (i % 3 == 1) {
            freeze(atWork());
          } else {
            kill(atWork());
          }
        }
        awaitRunning();
        workload.stop();
        System.out.println(workload);
      }
      assertEqual(bench);
      // The task is what drops them on the target.
      bench.dropDatabases();
      awaitCaughtUp();
      atWork().process.send("DELETE", TASKS + "/mirror", "");
    }
  }

  private static String yaml(Bench bench) {
    return bench.serverConfiguration()
        + "store: {etcd: ['%s'], prefix: %s, leaseSeconds: 3}\n"
            .formatted(bench.addresses().etcd(), bench.databases()[0]);
  }

  private One atWork() {
    await().atMost(SOON).until(() -> servers.stream().filter(One::works).count() == 1);
    return servers.stream().filter(One::works).findFirst().orElseThrow();
  }

  private One other(One one) {
    return servers.get(1 - servers.indexOf(one));
  }

  private void kill(One working) throws Exception {
    working.process.kill();
    awaitTakeover("killed", other(working));
    working.start();
    assertThat(working.works()).isFalse();
  }

  /** Stands still for longer than its lease, and must notice when it goes on. */
  private void freeze(One working) throws Exception {
    working.process.signal("STOP");
    awaitTakeover("frozen", other(working));
    working.process.signal("CONT");
    await().atMost(SOON).until(() -> !working.works() && working.process.answers("/healthz"));
  }

  private void awaitTakeover(String what, One next) {
    Instant then = Instant.now();
    await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(next::works);
    Duration ready = Duration.between(then, Instant.now());
    await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> runs(next));
    System.out.printf(
        "%s; the other was at work after %d ms, the task ran after %d ms%n",
        what, ready.toMillis(), Duration.between(then, Instant.now()).toMillis());
  }

  private static boolean runs(One one) {
    return one.process.get(TASKS + "/mirror").path("state").asText().equals("RUNNING");
  }

  private JsonNode status() {
    return atWork().process.get(TASKS + "/mirror/status");
  }

  private void awaitRunning() {
    await().atMost(SOON).until(() -> runs(atWork()));
  }

  private void awaitCaughtUp() {
    Instant now = Instant.now();
    await()
        .atMost(SOON)
        .until(
            () ->
                Instant.parse(status().path("watermarkTime").asText("1970-01-01T00:00:00Z"))
                    .isAfter(now));
  }

  private void assertEqual(Bench bench) throws Exception {
    awaitCaughtUp();
    Verdict verdict = comparison(bench).run();
    if (!verdict.equal()) {
      System.out.println("As served, to be compared again:\n" + verdict.table());
      verdict = comparison(bench).reloadSource().reloadTarget().retryFor(SOON).run();
    }
    System.out.println(verdict.table());
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
  }

  private Comparison comparison(Bench bench) {
    return Comparison.of(bench.sourceSide(), bench.targetSide())
        .load()
        .databases(bench.databases())
        .targetReadAt(
            () -> new HybridTime(Long.parseLong(status().path("readTimestamp").asText())));
  }
}
