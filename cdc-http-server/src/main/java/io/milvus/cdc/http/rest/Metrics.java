package io.milvus.cdc.http.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Call;
import io.milvus.cdc.http.web.Route;
import io.milvus.cdc.metrics.CdcMetrics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves the metrics for Prometheus, computed on request. */
public final class Metrics {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Runnable> refreshing = new CopyOnWriteArrayList<>();

  public Metrics(CdcEngine engine) {
    CdcMetrics tasks = new CdcMetrics(engine);
    tasks.bindTo(registry);
    before(tasks::refresh);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Returns the registry to which other classes add their meters. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Adds an action that runs before each scrape. */
  public void before(Runnable refresh) {
    refreshing.add(refresh);
  }

  public List<Route> routes() {
    // The second path is the Go server's.
    return List.of(
        Route.of("GET", "/metrics", this::scrape), Route.of("GET", "/cdc/metrics", this::scrape));
  }

  private Answer scrape(Call call) {
    refreshing.forEach(Runnable::run);
    return Answer.text(TYPE, registry.scrape());
  }
}
