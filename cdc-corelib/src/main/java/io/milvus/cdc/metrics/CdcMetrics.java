package io.milvus.cdc.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Binds the tasks of an engine as meters, named {@code milvus.cdc.*} and tagged with {@code
 * task_id}. Every value is computed when a registry is scraped, so a task that hangs does not look
 * healthy.
 *
 * <p>New and removed tasks are noticed at each scrape, and appear in the next one. {@link #refresh}
 * shows them at once. Thread-safe.
 */
public final class CdcMetrics implements MeterBinder {
  private final CdcEngine engine;
  private final InstantSource time;
  private final List<MeterRegistry> registries = new ArrayList<>();
  private final Map<String, List<TaskMeters>> meters = new HashMap<>();

  /** Creates the metrics of an engine. They appear in a registry once they are bound to it. */
  public CdcMetrics(CdcEngine engine) {
    this(engine, InstantSource.system());
  }

  CdcMetrics(CdcEngine engine, InstantSource time) {
    this.engine = engine;
    this.time = time;
  }

  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    registries.add(registry);
    meters.forEach((task, bound) -> bound.add(new TaskMeters(engine, task, time).bindTo(registry)));
    Gauge.builder("milvus.cdc.tasks", this::refresh)
        .description("Tasks of the engine, deleted ones left out")
        .register(registry);
    refresh();
  }

  /**
   * Adds meters of new tasks, and removes meters of tasks that are gone.
   *
   * @return the number of tasks
   */
  public synchronized int refresh() {
    Set<String> living =
        engine.tasks().stream()
            .filter(task -> !task.state().next().isEmpty())
            .map(CdcTask::id)
            .collect(Collectors.toSet());
    meters
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !living.contains(entry.getKey());
              if (gone) {
                entry.getValue().forEach(TaskMeters::remove);
              }
              return gone;
            });
    living.forEach(task -> meters.computeIfAbsent(task, this::bind));
    return living.size();
  }

  private List<TaskMeters> bind(String task) {
    return registries.stream()
        .map(registry -> new TaskMeters(engine, task, time).bindTo(registry))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
