package io.milvus.cdc.http.go;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;

/** Counts and times requests of Go clients, under the Go server's names. */
final class RequestMeters {
  private static final double[] BUCKETS = {1, 2, 4, 8, 16, 32, 64, 128};

  private final MeterRegistry registry;

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts a call that is not a valid request. */
  void refused(String why) {
    count("unknown", why);
  }

  void succeeded(String type) {
    count(type, "success");
  }

  /**
   * Counts a request of a known type, whether it succeeded or not.
   *
   * @param began its start, as {@link System#nanoTime}
   */
  void answered(String type, long began) {
    count(type, "total");
    DistributionSummary.builder("milvus.cdc.request.latency")
        .description("How long requests of Go clients took, in milliseconds")
        .serviceLevelObjectives(BUCKETS)
        .tag("request_type", type)
        .register(registry)
        .record(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began) / 1e3);
  }

  private void count(String type, String status) {
    registry
        .counter("milvus.cdc.request", "request_type", type, "request_status", status)
        .increment();
  }
}
