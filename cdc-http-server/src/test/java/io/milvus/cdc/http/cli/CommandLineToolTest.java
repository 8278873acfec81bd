package io.milvus.cdc.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.OneServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineToolTest {
  @TempDir private Path directory;

  /** What a command said, and how it ended. */
  private record Said(int status, String out, String err) {}

  private static Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        CommandLineTool.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Said(status, out.toString(), err.toString());
  }

  @Test
  void ordersReachARunningServer() {
    try (OneServer server = OneServer.at(directory)) {
      String url = "http://127.0.0.1:" + server.port();
      Said created =
          run("task", "create", "t", "--target", "dr", "--include", "a,b.c", "--server", url);
      assertThat(created.status()).as(created.err()).isZero();
      assertThat(created.out()).contains("\"RUNNING\"", "\"b.c\"");
      assertThat(run("task", "list", "--server", url).out())
          .contains("TASK", "t ", "RUNNING", "1.5 s", "dr");
      assertThat(run("task", "pause", "t", "--server", url).status()).isZero();
      assertThat(server.engine().fake("t").state()).isEqualTo(TaskState.PAUSED);
      assertThat(run("task", "resume", "t", "--server", url).out()).contains("\"RUNNING\"");
      assertThat(run("task", "status", "t", "--server", url).out()).contains("watermarkTime");
      assertThat(run("task", "show", "t", "--server", url).out()).contains("\"include\"");
      assertThat(run("task", "promote", "t", "--server", url).out())
          .contains("\"writable\" : true");
      assertThat(run("task", "demote", "t", "--server", url).out()).contains("\"PAUSED\"");
      assertThat(run("task", "delete", "t", "--server", url)).isEqualTo(new Said(0, "", ""));
      Said gone = run("task", "show", "t", "--server", url);
      assertThat(gone.status()).isEqualTo(1);
      assertThat(gone.err()).contains("There is no task 't'");
    }
  }

  @Test
  void aTaskThatHasNotReachedItsTargetIsListedWithAnUnknownLag() {
    try (OneServer server = OneServer.at(directory)) {
      String url = "http://127.0.0.1:" + server.port();
      run("task", "create", "t", "--target", "dr", "--server", url);
      server.engine().fake("t").beforeItsTarget();

      assertThat(run("task", "list", "--server", url).out())
          .containsPattern("(?m)^t +RUNNING +\\? ")
          .doesNotContain(" s ");
      assertThat(run("task", "status", "t", "--server", url).out())
          .contains("watermark")
          .doesNotContainPattern("(?m)^ {2}\"lagSeconds\"");
    }
  }

  @Test
  void aTargetOfATaskIsListedByItsAddress() {
    try (OneServer server = OneServer.at(directory)) {
      server.http().post("/api/v1/tasks", "{'id':'a','include':['a'],'target':'dr'}");
      server
          .http()
          .post(
              "/api/v1/tasks",
              "{'id':'b','include':['b'],'target':{'kafka':'mq:9092','topic':'changes'}}");
      server
          .http()
          .post("/api/v1/tasks", "{'id':'c','include':['c'],'target':{'uri':'http://m:19530'}}");

      assertThat(run("task", "list", "--server", "http://127.0.0.1:" + server.port()).out())
          .contains("dr", "mq:9092, topic changes", "http://m:19530");
    }
  }

  @Test
  void aTokenIsSent() {
    try (OneServer server = OneServer.at(directory, "token: sesame")) {
      String url = "http://127.0.0.1:" + server.port();

      assertThat(run("task", "list", "--server", url).status()).isEqualTo(1);
      assertThat(run("task", "list", "--server", url, "--token", "sesame").status()).isZero();
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    Said said = run("task", "list", "--server", "http://127.0.0.1:1");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).contains("http://127.0.0.1:1", "--server");
    assertThat(run("task", "list", "--server", "nonsense").status()).isEqualTo(1);
  }

  @Test
  void aConfigurationIsCheckedBeforeItIsUsed() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("cdc.yaml"),
            """
            source: {etcd: 'http://127.0.0.1:1', pulsar: 'pulsar://127.0.0.1:1'}
            targets: {dr: {uri: 'http://127.0.0.1:1'}}
            """);
    Said said = run("check", "--config", config.toString());

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains(
            "BLOCKING: The source", "BLOCKING: The target", "127.0.0.1:1", "Check the address");
    Said open = run("server", "--config", config.toString(), "--listen", "0.0.0.0:0");
    assertThat(open.status()).isEqualTo(2);
    assertThat(open.err()).contains("--insecure");
    Said missing = run("server", "--config", "/nowhere.yaml");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("/nowhere.yaml").contains("--config");
  }

  @Test
  void helpTeaches() {
    assertThat(run("--help").out()).contains("server", "check", "task", "Exit codes");
    assertThat(run("server", "--help").out()).contains("--config", "MILVUS_CDC_KEY");
    assertThat(run("task", "create", "--help").out()).contains("--include", "--target");
    assertThat(run("dance").status()).isEqualTo(2);
    assertThat(run("task", "pause").status()).isEqualTo(2);
  }

  @Test
  void everyHelpSaysWhatTheExitCodesMean() {
    for (String command : new String[] {"server", "check", "task", "completion"}) {
      assertThat(run(command, "--help").out()).contains("Exit codes", "1   refused or failed");
    }
    for (String order :
        new String[] {
          "list", "show", "status", "create", "pause", "resume", "promote", "demote", "delete"
        }) {
      Said said = run("task", order, "--help");
      assertThat(said.status()).isZero();
      assertThat(said.out()).as(order).contains("Exit codes", "1   refused or failed");
    }
  }

  @Test
  void bashCompletesOurWords() throws Exception {
    Said said = run("completion");
    assertThat(said.status()).isZero();
    Path script = Files.writeString(directory.resolve("completion"), said.out());

    assertThat(completed(script, "milvus-cdc", "t")).contains("task");
    assertThat(completed(script, "milvus-cdc", "task", "pro")).contains("promote");
    assertThat(completed(script, "milvus-cdc", "task", "create", "--inc")).contains("--include");
  }

  /** What bash offers for the last of these words. */
  private static String completed(Path script, String... words) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "There is no bash to complete anything");
    String line = String.join(" ", words);
    Process bash =
        new ProcessBuilder(
                "/bin/bash",
                "-c",
                "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=${#COMP_LINE};"
                        .formatted(script, line, words.length - 1, line)
                    + " _complete_milvus-cdc; echo ${COMPREPLY[@]}")
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said;
  }
}
