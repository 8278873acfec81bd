package io.milvus.cdc.http.rest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.task.Tasks;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Call;
import io.milvus.cdc.http.web.Route;
import io.milvus.cdc.metrics.CdcMetrics;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Prometheus asks for, computed when it does. */
public final class Metrics {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** The Go server's names of states. */
  private static final Map<String, Set<TaskState>> STATES =
      Map.of(
          "Initial", EnumSet.of(TaskState.STARTING),
          "Running", EnumSet.of(TaskState.RUNNING, TaskState.RETRYING),
          "Paused", EnumSet.of(TaskState.PAUSED, TaskState.FAILED, TaskState.PROMOTED));

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CdcMetrics tasksOfEngine;

  public Metrics(CdcEngine engine, Tasks tasks) {
    tasksOfEngine = new CdcMetrics(engine);
    tasksOfEngine.bindTo(registry);
    STATES.forEach(
        (name, states) ->
            Gauge.builder("milvus.cdc.task.num", () -> count(tasks, states))
                .description("Tasks of the server")
                .tag("task_state", name)
                .register(registry));
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private static long count(Tasks tasks, Set<TaskState> states) {
    return tasks.list().stream().filter(task -> states.contains(task.state())).count();
  }

  public List<Route> routes() {
    // The second path is the Go server's.
    return List.of(
        Route.of("GET", "/metrics", this::scrape), Route.of("GET", "/cdc/metrics", this::scrape));
  }

  private Answer scrape(Call call) {
    tasksOfEngine.refresh();
    return Answer.text(TYPE, registry.scrape());
  }
}
