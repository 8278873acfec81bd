package io.milvus.cdc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.http.task.TargetAddress;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a server remembers. */
@Execution(ExecutionMode.CONCURRENT)
class RestartTest {
  private static final String TASKS = "/api/v1/tasks";

  @TempDir private Path state;
  private OneServer server;

  @BeforeEach
  void begin() {
    server = OneServer.at(state);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private void create(String id, String database) {
    Http.Reply reply =
        server
            .http()
            .post(
                TASKS,
                "{'id':'%s','include':['%s'],'target':{'uri':'http://s:2','token':'root:Milvus'}}"
                    .formatted(id, database));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
  }

  private JsonNode task(String id) {
    return server.http().get(TASKS + "/" + id).json();
  }

  @Test
  void runningTasksRunAndPausedOnesStayPaused() {
    create("runs", "a");
    create("rests", "b");
    server.http().post(TASKS + "/rests/pause");

    server.restart();

    assertThat(server.engine().fake("runs").state()).isEqualTo(TaskState.RUNNING);
    assertThat(server.engine().fake("rests").state()).isEqualTo(TaskState.PAUSED);
    assertThat(server.backstage().addresses)
        .allSatisfy(
            address ->
                assertThat(((TargetAddress) address).milvus().token().value())
                    .isEqualTo("root:Milvus"));
    server.http().post(TASKS + "/rests/resume");
    server.restart();
    assertThat(server.engine().fake("rests").state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void aDeletionThatWasUnderWayIsFinished() {
    create("dies", "a");
    server.engine().fake("dies").fail(new RetriableException("the source is away", ""));
    assertThat(server.http().send("DELETE", TASKS + "/dies", "").status()).isEqualTo(503);
    assertThat(server.http().post(TASKS + "/dies/resume").status()).isEqualTo(409);

    server.restart();

    await().until(() -> server.http().get(TASKS + "/dies").status() == 404);
    assertThat(server.engine().fake("dies").state()).isEqualTo(TaskState.DELETED);
  }

  @Test
  void aServerWithoutAKeyCreatesOneBesideItsStateAndKeepsNoSecretInClear() throws Exception {
    server.close();
    server = OneServer.withoutKey(state);
    Path key = state.resolve("credentials.key");
    assertThat(server.http().post(TASKS, "{'id':'a','target':'dr','include':['a']}").status())
        .isEqualTo(201);
    assertThat(key).doesNotExist();

    assertThat(
            server
                .http()
                .post(
                    TASKS,
                    "{'id':'t','include':['b'],'target':{'uri':'http://s:2','token':'root:Milvus'}}")
                .status())
        .isEqualTo(201);

    assertThat(Files.getPosixFilePermissions(key))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("root:Milvus");
      }
    }
    server.restart();
    assertThat(server.http().get(TASKS + "/t").json().path("state").asText()).isEqualTo("RUNNING");
  }

  @Test
  void aKeyOfOnesOwnMayComeLater() {
    server.close();
    server = OneServer.withoutKey(state);
    server.http().post(TASKS, "{'id':'t','target':{'uri':'http://s:2','token':'root:Milvus'}}");
    server.close();

    server = OneServer.at(state);

    assertThat(server.http().get(TASKS + "/t").json().path("state").asText()).isEqualTo("RUNNING");
  }

  @Test
  void aTaskThatTheEngineWillNotHaveIsShownWithTheReason() {
    create("t", "a");

    server.restart(
        engine -> engine.refuse(new CheckpointException("its checkpoint is damaged", "")));

    assertThat(task("t").path("state").asText()).isEqualTo("FAILED");
    assertThat(task("t").path("reason").asText()).isEqualTo("its checkpoint is damaged");
    assertThat(server.http().get(TASKS + "/t/status").status()).isEqualTo(200);
    assertThat(server.http().post(TASKS + "/t/promote").status()).isEqualTo(409);
    assertThat(server.http().post(TASKS + "/t/resume").status()).isEqualTo(500);
    server.engine().refuse(null);
    assertThat(server.http().post(TASKS + "/t/resume").status()).isEqualTo(200);
    assertThat(server.engine().fake("t").state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void aTaskThatTheEngineWillNotHaveCanBeDeleted() {
    create("t", "a");
    server.restart(
        engine -> engine.refuse(new CheckpointException("its checkpoint is damaged", "")));

    assertThat(server.http().send("DELETE", TASKS + "/t", "").status()).isEqualTo(204);

    assertThat(server.backstage().forgotten).containsExactly("t");
    assertThat(server.http().get(TASKS + "/t").status()).isEqualTo(404);
  }
}
