package io.milvus.cdc.http.go;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.http.task.TaskView;
import io.milvus.cdc.http.task.Tasks;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures values of the Go server under its names, so that its dashboards still work. All are
 * gauges, even if a value only grows: the name of a counter would have another suffix.
 */
public final class GoMeters {
  private static final Map<String, Set<TaskState>> STATES =
      Map.of(
          "Initial", EnumSet.of(TaskState.STARTING),
          "Running", EnumSet.of(TaskState.RUNNING, TaskState.RETRYING),
          "Paused",
              EnumSet.of(
                  TaskState.PAUSED, TaskState.FAILED, TaskState.PROMOTING, TaskState.PROMOTED));

  private final Tasks tasks;
  private final MultiGauge numbers;
  private final MultiGauge times;
  private final MultiGauge sizes;
  private final MultiGauge rows;

  public GoMeters(Tasks tasks, MeterRegistry registry) {
    this.tasks = tasks;
    numbers =
        MultiGauge.builder("milvus.cdc.task.num")
            .description("Tasks of the server")
            .register(registry);
    times =
        MultiGauge.builder("milvus.cdc.replicate.tt")
            .description("The source's time that was read, or is on the target, in ms since 1970")
            .register(registry);
    sizes =
        MultiGauge.builder("milvus.cdc.replicate.data.size")
            .description("Bytes of messages sent to the target")
            .register(registry);
    rows =
        MultiGauge.builder("milvus.cdc.replicate.data.cnt")
            .description("Rows and keys on the target")
            .register(registry);
  }

  /** Reads the status of all tasks. Call it before each scrape. */
  public void refresh() {
    List<MultiGauge.Row<?>> allTimes = new ArrayList<>();
    List<MultiGauge.Row<?>> allSizes = new ArrayList<>();
    List<MultiGauge.Row<?>> allRows = new ArrayList<>();
    List<TaskView> all = tasks.list();
    numbers.register(numbers(all), true);
    for (TaskView task : all) {
      TaskStatus status = task.status();
      if (status != null) {
        Tags written = Tags.of("task_id", task.id(), "op_type", "write");
        times(status, allTimes);
        allSizes.add(row(written, status.counters().bytes()));
        allRows.add(row(written.and("api_type", "insert"), status.counters().inserted()));
        allRows.add(row(written.and("api_type", "delete"), status.counters().deleted()));
      }
    }
    times.register(allTimes, true);
    sizes.register(allSizes, true);
    rows.register(allRows, true);
  }

  private static List<MultiGauge.Row<?>> numbers(List<TaskView> all) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    STATES.forEach(
        (name, states) ->
            rows.add(
                row(
                    Tags.of("task_state", name),
                    all.stream().filter(task -> states.contains(task.state())).count())));
    return rows;
  }

  /**
   * Adds the times of a task. The Go server also puts physical channels into {@code vchannel_name}.
   */
  private static void times(TaskStatus status, List<MultiGauge.Row<?>> into) {
    status
        .channels()
        .forEach(
            channel -> {
              Tags tags = Tags.of("task_id", status.id(), "vchannel_name", channel.channel());
              into.add(row(tags.and("op_type", "read"), channel.tick().instant().toEpochMilli()));
              into.add(
                  row(tags.and("op_type", "write"), status.watermark().instant().toEpochMilli()));
            });
  }

  private static MultiGauge.Row<Number> row(Tags tags, long value) {
    return MultiGauge.Row.of(tags, value);
  }
}
