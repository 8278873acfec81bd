package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.FakeTask;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
              "milvus_cdc_source_backlog_bytes{task_id=\"t\"} 4096.0",
              "milvus_cdc_source_backlog_limit_bytes{task_id=\"t\"} 8.589934592E9",
              "milvus_cdc_source_expiry_seconds{task_id=\"t\"} NaN",
              "milvus_cdc_checkpoint_age_seconds{task_id=\"t\"}",
              "milvus_cdc_progress_age_seconds{task_id=\"t\"} 0.0",
              "milvus_cdc_task_state{task_id=\"t\"} 1.0",
              "milvus_cdc_state{state=\"RUNNING\",task_id=\"t\"} 1.0",
              "milvus_cdc_apply_seconds_count{task_id=\"t\"} 20",
              "milvus_cdc_apply_seconds_sum{task_id=\"t\"} 0.6",
              "milvus_cdc_restamps_total{task_id=\"t\"} 3.0",
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

  /** As its server/metrics/metrics.go calls them. */
  @Test
  void dashboardsOfTheGoServerGoOn() {
    try (OneServer server = OneServer.at(state)) {
      Http http = server.http();
      http.post("/api/v1/tasks", "{'id':'t','target':'dr'}");
      http.post("/cdc", "{'request_type':'list'}");
      http.post("/cdc", "{'request_type':'get','request_data':{'task_id':'nobody'}}");
      http.post("/cdc", "nonsense");
      http.get("/cdc");

      long at = FakeTask.WATERMARK.toEpochMilli();
      Map<String, Double> values = values(http.get("/cdc/metrics").body());
      String channel = "task_id=\"t\",vchannel_name=\"by-dev-rootcoord-dml_0\"";
      assertThat(values)
          .containsEntry("milvus_cdc_task_num{task_state=\"Running\"}", 1.0)
          .containsEntry("milvus_cdc_task_state{task_id=\"t\"}", 1.0)
          .containsEntry(
              "milvus_cdc_replicate_tt{op_type=\"read\",%s}".formatted(channel), 0.0 + at)
          .containsEntry(
              "milvus_cdc_replicate_tt{op_type=\"write\",%s}".formatted(channel), 0.0 + at)
          .containsEntry("milvus_cdc_replicate_data_size{op_type=\"write\",task_id=\"t\"}", 5000.0)
          .containsEntry(
              "milvus_cdc_replicate_data_cnt{api_type=\"insert\",op_type=\"write\",task_id=\"t\"}",
              10.0)
          .containsEntry(
              "milvus_cdc_replicate_data_cnt{api_type=\"delete\",op_type=\"write\",task_id=\"t\"}",
              2.0)
          .containsEntry("milvus_cdc_request_latency_count{request_type=\"list\"}", 1.0)
          .containsEntry(requests("total", "list"), 1.0)
          .containsEntry(requests("success", "list"), 1.0)
          .containsEntry(requests("total", "get"), 1.0)
          .containsEntry(requests("unmarshal_error", "unknown"), 1.0)
          .containsEntry(requests("invalid_method", "unknown"), 1.0)
          .containsKey("milvus_cdc_request_latency_bucket{request_type=\"list\",le=\"128.0\"}")
          .doesNotContainKey(requests("success", "get"));
    }
  }

  private static String requests(String status, String type) {
    return "milvus_cdc_request_total{request_status=\"%s\",request_type=\"%s\"}"
        .formatted(status, type);
  }

  private static Map<String, Double> values(String scrape) {
    Map<String, Double> values = new HashMap<>();
    scrape
        .lines()
        .filter(line -> line.startsWith("milvus_cdc_"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            });
    return values;
  }
}
