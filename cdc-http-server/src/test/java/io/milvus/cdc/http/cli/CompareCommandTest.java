package io.milvus.cdc.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.http.OneServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong before anything is compared; {@code HttpServerE2E} shows the rest. */
class CompareCommandTest {
  private static final String SOURCE =
      "source: {etcd: 'http://127.0.0.1:1', pulsar: 'pulsar://127.0.0.1:1'%s}\n"
          + "targets: {dr: {uri: 'http://127.0.0.1:1'}, other: {uri: 'http://127.0.0.1:2'}}\n";
  private static final String API = ", api: {uri: 'http://127.0.0.1:1', token: 'root:secret'}";

  @TempDir private Path directory;
  private final StringWriter err = new StringWriter();

  /** What was said, by a command that must end as one that could not compare. */
  private String refused(String api, String... more) throws IOException {
    Path config = Files.writeString(directory.resolve("cdc.yaml"), SOURCE.formatted(api));
    String[] arguments =
        Stream.concat(Stream.of("compare", "--config", config.toString()), Stream.of(more))
            .toArray(String[]::new);
    int status =
        CommandLineTool.run(
            new PrintWriter(new StringWriter(), true), new PrintWriter(err, true), arguments);
    assertThat(status).as(err.toString()).isEqualTo(2);
    return err.toString();
  }

  @Test
  void theSourceMustBeReadableByItsOwnAddress() throws Exception {
    assertThat(refused("", "--target", "dr")).contains("'api' in 'source'", "http://milvus:19530");
  }

  @Test
  void theTargetMustBeOfTheConfiguration() throws Exception {
    assertThat(refused(API)).contains("--target");
    assertThat(refused(API, "--target", "moon")).contains("'moon'", "[dr, other]");
  }

  @Test
  void databasesAreNoCollections() throws Exception {
    assertThat(refused(API, "--target", "dr", "--database", "a,b.c")).contains("'b.c'");
  }

  @Test
  void aServerThatIsNotThereIsNoDifference() throws Exception {
    assertThat(refused(API, "--target", "dr", "--task", "t", "--server", "http://127.0.0.1:1"))
        .contains("http://127.0.0.1:1", "--server");
  }

  @Test
  void theTaskMustReplicateToThisTarget() throws Exception {
    try (OneServer server = OneServer.at(directory)) {
      String url = "http://127.0.0.1:" + server.port();
      server.http().post("/api/v1/tasks", "{\"id\":\"t\",\"target\":\"dr\"}");

      assertThat(refused(API, "--target", "other", "--task", "t", "--server", url))
          .contains("Task 't' replicates to 'dr', not to 'other'");
      assertThat(refused(API, "--target", "dr", "--task", "none", "--server", url))
          .contains("There is no task 'none'");
    }
  }

  @Test
  void helpSaysWhatTheExitCodesMean() {
    StringWriter out = new StringWriter();
    CommandLineTool.run(
        new PrintWriter(out, true), new PrintWriter(err, true), "compare", "--help");

    assertThat(out.toString())
        .contains("--target", "--database", "--task", "--server", "Exit codes", "1   different");
  }
}
