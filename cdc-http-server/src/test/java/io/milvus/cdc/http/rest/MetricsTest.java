package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir private Path state;

  @Test
  void prometheusFindsEveryTaskAtOnce() {
    try (OneServer server = OneServer.at(state)) {
      Http http = server.http();
      http.post("/api/v1/tasks", "{'id':'t','target':'dr'}");

      Http.Reply reply = http.get("/metrics");

      assertThat(reply.header("Content-Type").orElseThrow()).startsWith("text/plain");
      assertThat(reply.body())
          .contains(
              "milvus_cdc_lag_seconds{task_id=\"t\"} 1.5",
              "milvus_cdc_rows_total{op=\"insert\",task_id=\"t\"} 10.0",
              "milvus_cdc_rows_total{op=\"delete\",task_id=\"t\"} 2.0",
              "milvus_cdc_sent_bytes_total{task_id=\"t\"} 5000.0",
              "milvus_cdc_retries_total{task_id=\"t\"} 4.0",
              "milvus_cdc_queue_bytes{task_id=\"t\"} 4096.0",
              "milvus_cdc_checkpoint_age_seconds{task_id=\"t\"}",
              "milvus_cdc_progress_age_seconds{task_id=\"t\"} 0.0",
              "milvus_cdc_task_state{task_id=\"t\"} 1.0",
              "milvus_cdc_state{state=\"RUNNING\",task_id=\"t\"} 1.0",
              "milvus_cdc_task_num{task_state=\"Running\"} 1.0",
              "jvm_memory_used_bytes");
      server.engine().fake("t").become(TaskState.FAILED);
      assertThat(http.get("/cdc/metrics").body())
          .contains("milvus_cdc_task_num{task_state=\"Paused\"} 1.0");
      http.send("DELETE", "/api/v1/tasks/t", "");
      assertThat(http.get("/metrics").body()).doesNotContain("task_id=\"t\"");
      assertThat(http.get("/readyz").json().path("tasks")).isEmpty();
    }
  }
}
