package io.milvus.cdc.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many tasks as a server takes, through both faces. */
@Timeout(60)
class ManyTasksTest {
  private static final int MANY = 100;
  private static final String TASKS = "/api/v1/tasks";

  @TempDir private Path state;
  private OneServer server;
  private Http http;

  @BeforeEach
  void begin() {
    server = OneServer.at(state, "limits: {requestsPerSecond: 100000}");
    http = server.http();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private static List<String> ids() {
    return IntStream.range(0, MANY).mapToObj("t%02d"::formatted).toList();
  }

  private JsonNode go(String request) {
    JsonNode answer = http.post("/cdc", request).json();
    assertThat(answer.path("code").asInt()).as(answer.toString()).isEqualTo(200);
    return answer.path("data");
  }

  @Test
  void throughRest() {
    for (String id : ids()) {
      Http.Reply made =
          http.post(TASKS, "{'id':'%s','include':['db_%s'],'target':'dr'}".formatted(id, id));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
    }
    assertThat(http.post(TASKS, "{'id':'more','include':['x'],'target':'dr'}").status())
        .isEqualTo(409);

    assertThat(paged(30)).isEqualTo(ids());
    server.restart();
    http = server.http();
    assertThat(paged(33)).isEqualTo(ids());
    assertThat(server.engine().tasks())
        .hasSize(MANY)
        .allSatisfy(task -> assertThat(task.state()).isEqualTo(TaskState.RUNNING));

    ids()
        .forEach(
            id -> assertThat(http.send("DELETE", TASKS + "/" + id, "").status()).isEqualTo(204));
    assertThat(paged(30)).isEmpty();
    server.restart();
    assertThat(server.engine().tasks()).isEmpty();
  }

  private List<String> paged(int limit) {
    List<String> ids = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = http.get(TASKS + "?limit=" + limit + after).json();
      assertThat(page.path("tasks").size()).isLessThanOrEqualTo(limit);
      page.path("tasks").forEach(task -> ids.add(task.path("id").asText()));
      after = page.has("next") ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());
    return ids;
  }

  @Test
  void throughTheGoFace() {
    for (String id : ids()) {
      JsonNode made =
          go(
              ("{'request_type':'create','request_data':{'task_id':'%s',"
                      + "'milvus_connect_param':{'uri':'http://s:2','token':'root:Milvus'},"
                      + "'db_collections':{'db_%s':[{'name':'*'}]}}}")
                  .formatted(id, id));
      assertThat(made.path("task_id").asText()).isEqualTo(id);
    }
    List<String> listed = new ArrayList<>();
    go("{'request_type':'list'}")
        .path("tasks")
        .forEach(task -> listed.add(task.path("task_id").asText()));
    assertThat(listed).isEqualTo(ids());

    ids()
        .forEach(
            id -> go("{'request_type':'delete','request_data':{'task_id':'%s'}}".formatted(id)));

    assertThat(go("{'request_type':'list'}").path("tasks")).isEmpty();
    assertThat(server.engine().targets()).containsKey("http://s:2");
  }
}
