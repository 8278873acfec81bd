package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Schemathesis;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Requests of all kinds, right and wrong, made from the description: answers are as it says. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("fuzz")
class FuzzTest {
  private static final int SECONDS = 180;

  @TempDir private Path directory;

  @Test
  void whateverIsAskedIsAnsweredAsDescribed() throws Exception {
    Schemathesis schemathesis = Schemathesis.install();
    try (OneServer server =
        OneServer.at(
            directory.resolve("state"), "limits: {requestsPerSecond: 1000000, tasks: 1000}")) {
      server.http().post("/api/v1/tasks", "{'id':'t','include':['a'],'target':'dr'}");

      Schemathesis.Said said =
          schemathesis.run(
              Files.createDirectory(directory.resolve("run")),
              SECONDS,
              "run",
              "http://127.0.0.1:%d/openapi.json".formatted(server.port()),
              // Streams never end: see EventsTest.
              "--exclude-path-regex",
              "/events$",
              "--checks",
              "all",
              // What is right by its schema may still be wrong, such as a target that is unknown.
              "--exclude-checks",
              "positive_data_acceptance",
              "--seed",
              "20261126",
              "--generation-database",
              "none",
              "--max-examples",
              "30",
              "--request-timeout",
              "20",
              "--continue-on-failure",
              "--no-color");

      assertThat(said.text()).contains("Test cases:");
      assertThat(said.status()).as(said.text()).isZero();
      assertThat(server.http().get("/healthz").status()).isEqualTo(200);
    }
  }
}
