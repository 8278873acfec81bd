package io.milvus.cdc.http.go;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.task.KafkaTopic;
import io.milvus.cdc.http.task.TargetAddress;
import io.milvus.cdc.http.testkit.FakeTask;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What scripts that were written for the Go server find here. */
@Execution(ExecutionMode.CONCURRENT)
class GoFaceTest {
  @TempDir private Path state;
  private OneServer server;
  private Http http;

  @BeforeEach
  void begin() {
    server = OneServer.at(state);
    http = server.http();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private JsonNode ask(String type, String data) {
    Http.Reply reply =
        http.post("/cdc", "{'request_type':'%s','request_data':%s}".formatted(type, data));
    assertThat(reply.status()).as("the status of HTTP is always 200").isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("application/json");
    return reply.json();
  }

  private JsonNode succeed(String type, String data) {
    JsonNode answer = ask(type, data);
    assertThat(answer.path("code").asInt()).as(answer.toString()).isEqualTo(200);
    return answer.path("data");
  }

  private void assertRefused(String type, String data, int code, String... words) {
    JsonNode answer = ask(type, data);
    assertThat(answer.path("code").asInt()).as(answer.toString()).isEqualTo(code);
    assertThat(answer.path("message").asText()).contains(words);
    assertThat(answer.has("data")).isFalse();
  }

  private String create(String rest) {
    return succeed(
            "create",
            "{'milvus_connect_param':{'uri':'http://standby:19530','token':'root:Milvus'},%s}"
                .formatted(rest))
        .path("task_id")
        .asText();
  }

  private FakeTask task(String id) {
    return server.engine().fake(id);
  }

  @Test
  void aTaskIsCreatedAndRuns() {
    String id = create("'db_collections':{'*':[{'name':'*'}]}");

    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(task(id).state()).isEqualTo(TaskState.RUNNING);
    assertThat(task(id).spec().selection()).isEqualTo(Selection.everything());
    assertThat(task(id).spec().startFrom()).isEqualTo(StartFrom.latest());
  }

  @Test
  void collectionsAreThoseOfTheDefaultDatabaseUnlessOneIsNamed() {
    assertThat(task(create("'collection_infos':[{'name':'books'}]")).spec().selection())
        .isEqualTo(Selection.of("default.books"));
    assertThat(task(create("'db_collections':{'shop':[{'name':'*'}]}")).spec().selection())
        .isEqualTo(Selection.of("shop.*"));
    assertThat(task(create("'db_collections':{'a':[{'name':'b'}]}")).spec().selection())
        .isEqualTo(Selection.of("a.b"));
  }

  /** As in the Go server, whose users are told nothing of it. */
  @Test
  void whoGetsTheDefaultDatabaseOnlyIsToldWhatStaysOutAndHowToIncludeIt() {
    JsonNode made =
        succeed(
            "create",
            "{'milvus_connect_param':{'uri':'http://standby:19530','token':'root:Milvus'},'collection_infos':[{'name':'*'}]}");
    String id = made.path("task_id").asText();

    assertThat(made.at("/notes/0").asText())
        .contains("every other database stays out", "\"db_collections\": {\"*\"");
    assertThat(succeed("get", "{'task_id':'%s'}".formatted(id)).at("/task/notes"))
        .isEqualTo(made.path("notes"));
    assertThat(http.get("/api/v1/tasks/" + id + "/status").json().path("notes"))
        .isEqualTo(made.path("notes"));
    String all = create("'db_collections':{'shop':[{'name':'*'}]}");
    assertThat(http.get("/api/v1/tasks/" + all + "/status").json().path("notes")).isEmpty();
  }

  @Test
  void theDatabasesThatStayOutAreNamedWhenTheSourceIsKnown() {
    server.backstage().databases = Set.of("default");
    String id = create("'collection_infos':[{'name':'*'}]");
    assertThat(notes(id)).contains("every other database stays out, if one is created");

    server.backstage().databases = Set.of("shop", "default", "books");
    assertThat(notes(id)).contains("stays out: books, shop.", "\"db_collections\": {\"*\"");
    assertThat(http.get("/api/v1/tasks/" + id + "/status").json().at("/notes/0").asText())
        .isEqualTo(notes(id));

    server.backstage().databases =
        IntStream.range(0, 100).mapToObj("db%d"::formatted).collect(Collectors.toSet());
    assertThat(notes(id)).contains("db0, db1, ", " and 80 more.").hasSizeLessThan(500);
  }

  private String notes(String id) {
    return succeed("get", "{'task_id':'%s'}".formatted(id)).at("/task/notes/0").asText();
  }

  @Test
  void kafkaIsATargetWhoseLoginIsUsedAndNotShown() {
    String id =
        succeed(
                "create",
                """
                {'kafka_connect_param':{'address':'kafka:9092','topic':'changes','enable_sasl':true,
                  'sasl':{'username':'us3r','password':'Pa55','mechanisms':'SCRAM-SHA-256',
                          'security_protocol':'SASL_SSL'},
                  'certificates':'/etc/ca.pem'},
                 'db_collections':{'*':[{'name':'*'}]}}""")
            .path("task_id")
            .asText();

    assertThat(task(id).state()).isEqualTo(TaskState.RUNNING);
    assertThat(server.backstage().addresses)
        .singleElement()
        .isInstanceOfSatisfying(
            KafkaTopic.class,
            topic -> {
              assertThat(topic.kafka().address()).isEqualTo("kafka:9092");
              assertThat(topic.events().topic()).isEqualTo("changes");
              assertThat(topic.kafka().mechanism()).isEqualTo("SCRAM-SHA-256");
              assertThat(topic.kafka().user()).isEqualTo("us3r");
              assertThat(topic.kafka().password().value()).isEqualTo("Pa55");
              assertThat(topic.kafka().tls()).isTrue();
              assertThat(topic.kafka().certificates()).isEqualTo(Path.of("/etc/ca.pem"));
            });
    for (JsonNode shown :
        List.of(
            succeed("get", "{'task_id':'%s'}".formatted(id)).path("task"),
            succeed("list", "{}").at("/tasks/0"))) {
      assertThat(shown.at("/kafka_connect_param/address").asText()).isEqualTo("kafka:9092");
      assertThat(shown.at("/kafka_connect_param/topic").asText()).isEqualTo("changes");
      assertThat(shown.at("/kafka_connect_param/sasl/username").asText()).isEmpty();
      assertThat(shown.at("/kafka_connect_param/sasl/security_protocol").asText())
          .isEqualTo("SASL_SSL");
      assertThat(shown.toString()).doesNotContain("us3r").doesNotContain("Pa55");
    }
    server.restart();
    assertThat(server.backstage().addresses)
        .singleElement()
        .isInstanceOfSatisfying(
            KafkaTopic.class,
            topic -> assertThat(topic.kafka().password().value()).isEqualTo("Pa55"));
  }

  @Test
  void oldParametersOfTheTargetMeanTheSame() {
    succeed(
        "create",
        """
        {'milvus_connect_param':{'host':'standby','port':19531,'enable_tls':true,'username':'root',
         'password':'Milvus','connect_timeout':10,'channel_num':16,
         'dial_config':{'ca_pem_path':'/etc/ca.pem','client_pem_path':'/etc/our.pem',
          'client_key_path':'/etc/our.key','server_name':'milvus.local'}},
         'collection_infos':[{'name':'*'}]}""");

    assertThat(server.backstage().addresses)
        .singleElement()
        .isInstanceOfSatisfying(
            TargetAddress.class,
            address -> {
              assertThat(address.uri()).isEqualTo("https://standby:19531");
              assertThat(address.endpoint())
                  .isEqualTo(
                      MilvusEndpoint.at("https://standby:19531")
                          .token("root:Milvus")
                          .trust(Path.of("/etc/ca.pem"))
                          .clientCertificate(Path.of("/etc/our.pem"), Path.of("/etc/our.key"))
                          .serverName("milvus.local"));
            });
  }

  @Test
  void aTaskBeginsWhereItsPositionsSay() {
    String position =
        server
            .backstage()
            .messagePosition("by-dev-rootcoord-dml_0", new Position("15:203"), new HybridTime(77));
    String id =
        create(
            "'collection_infos':[{'name':'books','positions':{'by-dev-rootcoord-dml_0_4444v0':'%s'}}]"
                .formatted(position));

    assertThat(task(id).spec().startFrom())
        .isEqualTo(
            StartFrom.positions(
                new HybridTime(77), Map.of("by-dev-rootcoord-dml_0", new Position("15:203"))));
    String all = create("'collection_infos':[{'name':'tomes','use_start_position':true}]");
    assertThat(task(all).spec().startFrom()).isEqualTo(StartFrom.earliest());
  }

  @Test
  void namesAreMapped() {
    String id =
        create(
            """
            'db_collections':{'shop':[{'name':'*'}]},
            'name_mapping':[{'source_db':'shop','target_db':'store','collection_mapping':{'a':'b'}},
              {'source_db':'shop','target_db':'store'}]""");

    assertThat(task(id).spec().names())
        .isEqualTo(NameMapping.none().database("shop", "store").collection("shop.a", "store.b"));
  }

  @Test
  void whatStandsUnderTheSameIdIsReturned() {
    assertThat(create("'task_id':'mine','collection_infos':[{'name':'a'}]")).isEqualTo("mine");
    assertThat(create("'task_id':'mine','collection_infos':[{'name':'b'}]")).isEqualTo("mine");
    assertThat(task("mine").spec().selection()).isEqualTo(Selection.of("default.a"));
  }

  @Test
  void aWildcardLeavesToOlderTasksWhatTheyHave() {
    create("'collection_infos':[{'name':'a'}]");
    String rest = create("'db_collections':{'*':[{'name':'*'}]}");

    assertThat(task(rest).spec().selection()).isEqualTo(Selection.everything().except("default.a"));
    assertRefused(
        "create",
        "{'milvus_connect_param':{'uri':'http://standby:19530','token':'root:Milvus'},'collection_infos':[{'name':'b'}]}",
        400,
        "the collection name is duplicate with existing task",
        rest);
  }

  @Test
  void usersAndRolesFollowOneTaskOfATarget() {
    String id = create("'collection_infos':[{'name':'a'}],'extra_info':{'enable_user_role':true}");

    assertThat(task(id).spec().access()).isTrue();
    assertRefused(
        "create",
        "{'milvus_connect_param':{'uri':'http://standby:19530','token':'root:Milvus'},'collection_infos':[{'name':'b'}],'extra_info':{'enable_user_role':true}}",
        400,
        "the enable user role param is duplicate",
        id);
    assertThat(task(create("'collection_infos':[{'name':'b'}]")).spec().access()).isFalse();
  }

  @Test
  void tasksArePausedAndResumed() {
    String id = create("'collection_infos':[{'name':'a'}]");
    String data = "{'task_id':'%s'}".formatted(id);

    assertThat(ask("pause", data).toString()).isEqualTo("{\"code\":200}");
    assertThat(task(id).state()).isEqualTo(TaskState.PAUSED);
    assertRefused("pause", data, 400, "fail to handle the pause request", "the task has paused");
    JsonNode task = succeed("get", data).path("task");
    assertThat(task.path("state").asText()).isEqualTo("Paused");
    assertThat(task.path("reason").asText()).isEqualTo("manually pause through http interface");
    assertThat(ask("resume", data).toString()).isEqualTo("{\"code\":200}");
    assertRefused("resume", data, 400, "the task has running");
    assertThat(succeed("get", data).path("task").path("state").asText()).isEqualTo("Running");
    assertThat(succeed("get", data).path("task").has("reason")).isFalse();
  }

  @Test
  void aFailedTaskIsAPausedOneWithItsReason() {
    String id = create("'collection_infos':[{'name':'a'}]");
    task(id).become(TaskState.FAILED);

    JsonNode shown = succeed("get", "{'task_id':'%s'}".formatted(id)).path("task");
    assertThat(shown.path("state").asText()).isEqualTo("Paused");
    assertThat(shown.path("reason").asText()).isEqualTo("it broke");
    succeed("resume", "{'task_id':'%s'}".formatted(id));
    assertThat(task(id).state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void tasksAreShownWithoutTheirCredentials() {
    String id = create("'collection_infos':[{'name':'a'}]");

    String one = ask("get", "{'task_id':'%s'}".formatted(id)).toString();
    String all = ask("list", "{}").toString();
    assertThat(one + all).doesNotContain("root:Milvus").contains("http://standby:19530");
    assertThat(succeed("list", "{}").path("tasks")).hasSize(1);
    assertThat(succeed("list", "{}").at("/tasks/0/collection_infos/0/name").asText())
        .isEqualTo("a");
  }

  @Test
  void anEmptyListIsAList() {
    assertThat(ask("list", "{}").toString()).isEqualTo("{\"code\":200,\"data\":{\"tasks\":[]}}");
    assertThat(http.post("/cdc", "{'request_type':'list'}").body())
        .isEqualTo("{\"code\":200,\"data\":{\"tasks\":[]}}");
  }

  @Test
  void positionsLeadBackToTheSamePlace() {
    String id = create("'collection_infos':[{'name':'a'}]");

    JsonNode position =
        succeed("position", "{'task_id':'%s'}".formatted(id)).path("positions").path(0);
    assertThat(position.path("channel_name").asText()).isEqualTo("by-dev-rootcoord-dml_0");
    assertThat(position.path("time").asLong()).isEqualTo(FakeTask.WATERMARK.toEpochMilli());
    assertThat(
            server
                .backstage()
                .startAfter(Map.of("by-dev-rootcoord-dml_0_1v0", position.path("msg_id").asText()))
                .positions())
        .isEqualTo(Map.of("by-dev-rootcoord-dml_0", new Position("15:203")));
  }

  @Test
  void tasksAreDeleted() {
    String data = "{'task_id':'%s'}".formatted(create("'collection_infos':[{'name':'a'}]"));

    assertThat(ask("delete", data).toString()).isEqualTo("{\"code\":200}");
    assertRefused("delete", data, 400, "not found the task, task_id: ");
    assertThat(ask("delete", data.replace("}", ",'ignore_not_found':true}")).toString())
        .isEqualTo("{\"code\":200}");
    create("'collection_infos':[{'name':'a'}]");
  }

  @Test
  void aDeletionThatFailedOnTheWayIsRepeated() {
    String id = create("'collection_infos':[{'name':'a'}]");
    task(id).fail(new RetriableException("the source is away", ""));

    assertRefused("delete", "{'task_id':'%s'}".formatted(id), 500, "the source is away");
    succeed("delete", "{'task_id':'%s'}".formatted(id));
  }

  @Test
  void maintenanceTellsWhatItDidInTheState() {
    assertThat(
            succeed("maintenance", "{'operation':'set_log_level','params':{'log_level':'warn'}}")
                .path("State")
                .asText())
        .isEqualTo("set log level to warn");
    assertThat(succeed("maintenance", "{'operation':'dance'}").path("State").asText())
        .isEqualTo("unsupported operation: dance");
    assertThat(succeed("maintenance", "{'operation':'set_log_level'}").path("State").asText())
        .isEqualTo("log_level is required");
  }

  @Test
  void aTaskWithoutAutomaticStartWaitsAfterARestart() {
    String id = create("'disable_auto_start':true,'collection_infos':[{'name':'a'}]");
    assertThat(task(id).state()).isEqualTo(TaskState.RUNNING);

    server.restart();
    http = server.http();

    assertThat(task(id).state()).isEqualTo(TaskState.PAUSED);
    assertThat(
            succeed("get", "{'task_id':'%s'}".formatted(id)).path("task").path("reason").asText())
        .isEqualTo("the task is disabled auto start");
  }

  @Test
  void thereAreOnlySoManyTasks() {
    server.close();
    server = OneServer.at(state, "limits: {tasks: 1}");
    http = server.http();
    create("'collection_infos':[{'name':'a'}]");

    assertRefused(
        "create",
        "{'milvus_connect_param':{'uri':'http://standby:19530','token':'root:Milvus'},'collection_infos':[{'name':'b'}]}",
        500,
        "the task num has reach the limit");
  }
}
