package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description and what it describes are one. */
class SpecTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  @TempDir private Path state;

  private static Set<String> described(JsonNode spec) {
    Set<String> operations = new TreeSet<>();
    spec.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(item -> METHODS.contains(item.getKey()))
                    .forEach(
                        item ->
                            operations.add(
                                item.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey())));
    return operations;
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    try (OneServer server = OneServer.at(state)) {
      assertThat(described(server.http().get("/openapi.json").json()))
          .isEqualTo(new TreeSet<>(server.routes()));
    }
  }

  @Test
  void itIsServedInBothNotations() throws Exception {
    try (OneServer server = OneServer.at(state)) {
      Http.Reply yaml = server.http().get("/openapi.yaml");

      assertThat(yaml.header("Content-Type")).contains("application/yaml");
      assertThat(new YAMLMapper().readTree(yaml.body()))
          .isEqualTo(server.http().get("/openapi.json").json());
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    JsonNode spec = Spec.load().json();
    List<String> references = new ArrayList<>();
    spec.findValues("$ref").forEach(reference -> references.add(reference.asText()));

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(reference -> assertThat(spec.at(reference.substring(1)).isObject()).isTrue());
  }

  /** What answers hold is what the schemas name; these allow nothing else. */
  @Test
  void answersHoldWhatTheirSchemasName() {
    JsonNode schemas = Spec.load().json().at("/components/schemas");
    try (OneServer server = OneServer.at(state)) {
      Http http = server.http();
      JsonNode task =
          http.post(
                  "/api/v1/tasks",
                  "{'id':'t','target':{'uri':'https://s:2','token':'x','certificates':'c','etcd':'http://e:2379'}}")
              .json();
      assertFits(task, schemas.path("Task"));
      assertFits(task.path("target"), schemas.path("Address"));
      server.engine().fake("t").become(io.milvus.cdc.TaskState.RETRYING);
      JsonNode status = http.get("/api/v1/tasks/t/status").json();
      assertFits(status, schemas.path("Status"));
      assertFits(status.at("/channels/0"), schemas.path("Channel"));
      assertFits(status.path("counters"), schemas.at("/Status/properties/counters"));
      assertFits(status.path("retry"), schemas.at("/Status/properties/retry"));
      server.engine().fake("t").leaveToAPerson();
      JsonNode pending = http.post("/api/v1/tasks/t/promote").json();
      assertFits(pending, schemas.path("Problem"));
      assertFits(pending.path("promotion"), schemas.path("Promotion"));
      assertFits(http.post("/api/v1/tasks/t/promote").json(), schemas.path("Promotion"));
      assertFits(http.get("/api/v1/tasks/x").json(), schemas.path("Problem"));
    }
  }

  private static void assertFits(JsonNode answer, JsonNode schema) {
    List<String> named =
        schema.path("properties").properties().stream().map(e -> e.getKey()).toList();
    List<String> held = answer.properties().stream().map(e -> e.getKey()).toList();
    assertThat(named).containsAll(held);
    schema.path("required").forEach(name -> assertThat(held).contains(name.asText()));
  }
}
