package io.milvus.cdc.examples.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.PulsarAdmin;
import io.milvus.cdc.examples.e2e.bench.Table;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What many tasks of one engine cost, each with one collection: {@code -Dcdc.tasks=1,10,50}
 * measures several numbers of them.
 */
@ExtendWith(OneBench.class)
class ManyTasksE2E {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration WINDOW = Duration.ofSeconds(15);
  private static final int ROWS = 10_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private Bench bench;

  @TempDir private Path state;

  /** What was used so far. Of the bytes only Pulsar tells. */
  private record Usage(double cpuSeconds, long bytesWritten, long bytesRead) {
    Usage since(Usage before) {
      return new Usage(
          cpuSeconds - before.cpuSeconds,
          bytesWritten - before.bytesWritten,
          bytesRead - before.bytesRead);
    }
  }

  @Test
  void readingIsSharedAndNothingIsLost(Bench corner) throws Exception {
    bench = corner;
    String[] numbers = System.getProperty("cdc.tasks", "20").split(",");
    int most = Integer.parseInt(numbers[numbers.length - 1]);
    String database = bench.database("a");
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      tables.add(Table.create(bench.sourceClient(), database, "t" + i, 1));
    }
    System.out.printf(
        "%6s %9s %9s %13s %11s %9s %9s %9s%n",
        "tasks", "start s", "cpu %", "written kB/s", "read kB/s", "threads", "watches", "lag ms");
    for (String number : numbers) {
      measure(Integer.parseInt(number), database, tables);
    }
  }

  private void measure(int count, String database, List<Table> tables) throws Exception {
    int threadsBefore = Thread.activeCount();
    long watchesBefore = watches();
    try (CdcEngine engine = bench.engine(state)) {
      List<CdcTask> tasks = new ArrayList<>();
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        tasks.add(
            engine.submit(
                TaskSpec.builder(bench.spec().id() + "_" + i)
                    .selection(Selection.collections(database + ".t" + i))
                    .startFrom(StartFrom.latest())
                    .build()));
      }
      awaitAll(tasks);
      double start = (System.nanoTime() - began) / 1e9;
      Usage before = usage();
      tables.get(0).insert(count * (long) ROWS, (count + 1) * (long) ROWS, "row");
      Thread.sleep(WINDOW.toMillis());
      Usage used = usage().since(before);
      long lag =
          tasks.stream().mapToLong(task -> task.status().lag().toMillis()).max().orElseThrow();
      int threads = Thread.activeCount() - threadsBefore;
      long watches = watches() - watchesBefore;
      awaitAll(tasks);
      assertThat(tasks).allMatch(task -> task.state() == TaskState.RUNNING);
      assertThat(tasks.get(0).status().counters().inserted()).isEqualTo(ROWS);
      System.out.printf(
          "%6d %9.1f %9.1f %13.1f %11.1f %9d %9d %9d%n",
          count,
          start,
          used.cpuSeconds() / WINDOW.toSeconds() * 100,
          used.bytesWritten() / 1e3 / WINDOW.toSeconds(),
          used.bytesRead() / 1e3 / WINDOW.toSeconds(),
          threads,
          watches,
          lag);
      assertThat(used.bytesRead()).isLessThanOrEqualTo(3 * used.bytesWritten());
      assertThat(watches).isEqualTo(1);
      if (count == tables.size()) {
        bench.dropDatabases();
        awaitAll(tasks);
        tasks.forEach(CdcTask::delete);
      }
    }
  }

  private static void awaitAll(List<CdcTask> tasks) throws Exception {
    for (CdcTask task : tasks) {
      task.awaitCaughtUp(LONG);
    }
  }

  private Usage usage() throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double cpu = system.getProcessCpuTime() / 1e9;
    long written = 0;
    long read = 0;
    if (!bench.addresses().kafka().isEmpty()) {
      return new Usage(cpu, written, read);
    }
    PulsarAdmin admin = new PulsarAdmin(bench.addresses(), "");
    for (int i = 0; i < bench.addresses().source().channels(); i++) {
      String topic =
          "persistent/public/default/%s_%d/stats"
              .formatted(bench.addresses().source().channelPrefix(), i);
      JsonNode stats = new ObjectMapper().readTree(admin.get(topic).body());
      written += stats.get("bytesInCounter").asLong();
      for (var each : stats.get("subscriptions").properties()) {
        if (each.getKey().startsWith("reader-milvus-cdc-")) {
          read += each.getValue().get("bytesOutCounter").asLong();
        }
      }
    }
    return new Usage(cpu, written, read);
  }

  private long watches() throws Exception {
    String metrics =
        http.send(
                HttpRequest.newBuilder(URI.create(bench.addresses().etcd() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher watchers =
        Pattern.compile("(?m)^etcd_debugging_mvcc_watcher_total (\\S+)").matcher(metrics);
    return watchers.find() ? (long) Double.parseDouble(watchers.group(1)) : -1;
  }
}
