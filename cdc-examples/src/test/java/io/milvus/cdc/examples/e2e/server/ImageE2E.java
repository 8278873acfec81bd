package io.milvus.cdc.examples.e2e.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.ServerProcess;
import io.milvus.cdc.examples.e2e.bench.Table;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server of the image replicates, as its unprivileged user. {@code -Dcdc.image=} names an image
 * of buildah, such as {@code cdc-http-server/deploy/build-image.sh} builds in three minutes.
 */
@ExtendWith(OneBench.class)
class ImageE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String IMAGE = System.getProperty("cdc.image", "");

  @TempDir private Path directory;
  private String container = "";

  @BeforeEach
  void create() throws Exception {
    assumeFalse(IMAGE.isEmpty(), "skipped: no image is named by -Dcdc.image");
    container = output("buildah", "from", IMAGE).strip();
  }

  @AfterEach
  void remove() throws Exception {
    if (!container.isEmpty()) {
      output("buildah", "rm", container);
    }
  }

  @Test
  void theServerInTheImageReplicates(Bench bench) throws Exception {
    Path config = Files.writeString(directory.resolve("cdc.yaml"), bench.serverConfiguration());
    output("buildah", "copy", "--chmod", "644", container, config.toString(), "/etc/milvus-cdc/");
    assertThat(output(inside("id", "-u"))).isEqualToIgnoringNewLines("10001");

    ProcessBuilder program = new ProcessBuilder(inside(program("--listen", "127.0.0.1:0")));
    try (ServerProcess server = ServerProcess.start(program, directory.resolve("server.log"))) {
      String database = bench.database("a");
      server.post(
          "/api/v1/tasks",
          "{\"id\":\"mirror\",\"include\":[\"%s\"],\"target\":\"standby\"}".formatted(database));
      Table.create(bench.sourceClient(), database, "t", 2).insert(0, 2000, "row");
      Instant written = Instant.now();
      await().atMost(SOON).until(() -> watermark(server).isAfter(written));

      Verdict verdict =
          Comparison.of(bench.sourceSide(), bench.targetSide())
              .load()
              .databases(database)
              .targetReadAt(
                  () ->
                      new HybridTime(Long.parseLong(status(server).path("readTimestamp").asText())))
              .retryFor(SOON)
              .run();
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).as(verdict.table()).isEqualTo(2000);

      long applied = schemaChanges(server);
      bench.dropDatabases();
      await().atMost(SOON).until(() -> schemaChanges(server) >= applied + 2);
      server.terminate();
    }
  }

  private static JsonNode status(ServerProcess server) {
    return server.get("/api/v1/tasks/mirror/status");
  }

  private static Instant watermark(ServerProcess server) {
    return Instant.parse(status(server).path("watermarkTime").asText("1970-01-01T00:00:00Z"));
  }

  private static long schemaChanges(ServerProcess server) {
    return status(server).path("counters").path("schemaChanges").asLong();
  }

  /** The image's own command, with these arguments after it. */
  private static String[] program(String... arguments) throws Exception {
    JsonNode config =
        new ObjectMapper()
            .readTree(output("buildah", "inspect", "--type", "image", IMAGE))
            .at("/OCIv1/config");
    List<String> program = new ArrayList<>();
    config.path("Entrypoint").forEach(word -> program.add(word.asText()));
    config.path("Cmd").forEach(word -> program.add(word.asText()));
    program.addAll(List.of(arguments));
    return program.toArray(String[]::new);
  }

  private String[] inside(String... command) {
    return Stream.concat(
            Stream.of("buildah", "run", "--isolation", "chroot", container, "--"),
            Stream.of(command))
        .toArray(String[]::new);
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return output;
  }
}
