package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.FakeTask;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
class RestFaceTest {
  private static final String TASKS = "/api/v1/tasks";

  @TempDir private Path state;
  private OneServer server;
  private Http http;

  @BeforeEach
  void begin() {
    server = OneServer.at(state, "limits: {tasks: 120, requestsPerSecond: 10000}");
    http = server.http();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private JsonNode create(String body) {
    Http.Reply reply = http.post(TASKS, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.json();
  }

  private void assertProblem(Http.Reply reply, int status, String... words) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    assertThat(reply.json().path("title").asText()).isNotEmpty();
    assertThat(reply.json().path("detail").asText()).contains(words);
  }

  private FakeTask task(String id) {
    return server.engine().fake(id);
  }

  @Test
  void whatALostTaskLeftIsRemovedByOneOrder() throws Exception {
    assertThat(http.send("DELETE", TASKS + "/lost", "").status()).isEqualTo(404);
    assertThat(http.send("DELETE", TASKS + "/lost?leftovers=true", "").status()).isEqualTo(204);
    assertThat(server.engine().removed()).containsExactly("lost");
  }

  @Test
  void aTaskIsCreatedWithAllThatCanBeSaid() {
    JsonNode task =
        create(
            """
            {'id':'t', 'include':['a','b.c'], 'exclude':['a.d'],
             'startFrom':{'watermark':'470720799259754496','positions':{'ch':'1:2'}},
             'rename':{'databases':{'a':'x'},'collections':{'b.c':'y.z'}},
             'target':{'uri':'http://standby:19530','token':'root:Milvus'}, 'autoStart':false}""");

    assertThat(task("t").spec())
        .isEqualTo(
            TaskSpec.builder("t")
                .selection(Selection.of("a", "b.c").except("a.d"))
                .startFrom(
                    StartFrom.positions(
                        new HybridTime(470720799259754496L), Map.of("ch", new Position("1:2"))))
                .names(NameMapping.none().database("a", "x").collection("b.c", "y.z"))
                .target("http://standby:19530")
                .build());
    assertThat(task.path("state").asText()).isEqualTo("RUNNING");
    assertThat(task.path("autoStart").asBoolean()).isFalse();
    assertThat(task.at("/target/token").asText()).isEqualTo("***");
    assertThat(task.at("/startFrom/watermark").asText()).isEqualTo("470720799259754496");
    assertThat(http.get(TASKS + "/t").json()).isEqualTo(task);
    assertThat(task.path("lagSeconds").asDouble()).isEqualTo(1.5);
  }

  @Test
  void aTaskCanStartFromExistingRowsWithAndWithoutSettings() {
    JsonNode plain = create("{'id':'t','target':'dr','include':['a'],'startFrom':'existing'}");
    assertThat(task("t").spec().startFrom()).isEqualTo(StartFrom.existing());
    assertThat(plain.path("startFrom").asText()).isEqualTo("existing");
    JsonNode slow =
        create(
            "{'id':'u','target':'dr','include':['b'],"
                + "'startFrom':{'existing':{'bytesPerSecond':5000000,'flush':true}}}");
    assertThat(task("u").spec().startFrom())
        .isEqualTo(StartFrom.existing().withFlush().withBytesPerSecond(5_000_000));
    assertThat(slow.at("/startFrom/existing/bytesPerSecond").asLong()).isEqualTo(5_000_000);
  }

  @Test
  void aTaskMayTellATopicAndShowsNoSecret() {
    JsonNode task =
        create(
            """
            {'id':'t','target':{'kafka':'k:9092','topic':'changes','user':'u','password':'Pa55',
             'mechanism':'SCRAM-SHA-512','tls':true,'format':'cloudevents-binary','partitions':6}}""");

    assertThat(task("t").spec().target()).isEqualTo("kafka://k:9092/changes");
    assertThat(task.at("/target/password").asText()).isEqualTo("***");
    assertThat(task.at("/target/format").asText()).isEqualTo("cloudevents-binary");
    assertThat(task.toString()).doesNotContain("Pa55");
    create("{'id':'u','target':{'pulsar':'pulsar://p:6650','topic':'changes','token':'Pa55'}}");
    assertThat(http.get(TASKS).body()).contains("pulsar://p:6650").doesNotContain("Pa55");
  }

  @Test
  void aTaskForATargetOfTheConfigurationNeedsTwoWords() {
    create("{'id':'t','target':'dr'}");

    assertThat(task("t").spec()).isEqualTo(TaskSpec.builder("t").target("dr").build());
  }

  @Test
  void creatingTheSameAgainChangesNothing() {
    String body = "{'id':'t','target':{'uri':'http://standby:19530','token':'root:Milvus'}}";
    JsonNode first = create(body);
    task("t").pause();

    Http.Reply again = http.post(TASKS, body);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("created")).isEqualTo(first.path("created"));
    assertThat(task("t").state()).isEqualTo(TaskState.PAUSED);
    assertProblem(http.post(TASKS, "{'id':'t','target':'dr'}"), 409, "Another task 't'");
    assertProblem(http.post(TASKS, body.replace("root:Milvus", "other")), 409, "Another task 't'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                                  | 400 | not valid JSON
          5                                                  | 400 | object
          {'id':'t','id':'u','target':'dr'}                  | 400 | Duplicate
          {'target':'dr'}                                    | 400 | 'id' is missing
          {'id':'a b','target':'dr'}                         | 400 | 'a b'
          {'id':5,'target':'dr'}                             | 400 | 'id' must be a text
          {'id':'t'}                                         | 400 | 'target'
          {'id':'t','target':'nowhere'}                      | 400 | 'nowhere'
          {'id':'t','target':{}}                             | 400 | 'target.uri'
          {'id':'t','target':{'uri':'ftp://x'}}              | 400 | ftp://x
          {'id':'t','target':{'uri':'http://u:p@x:1'}}       | 400 | credentials
          {'id':'t','target':{'uri':'http://gone:1'}}        | 400 | cannot be reached
          {'id':'t','target':{'uri':'http://x','tokn':'y'}}  | 400 | 'target.tokn'
          {'id':'t','target':'dr','includes':['a']}          | 400 | 'includes'
          {'id':'t','target':'dr','include':'a'}             | 400 | 'include' must be a list
          {'id':'t','target':'dr','include':[]}              | 400 | includes nothing
          {'id':'t','target':'dr','include':['a.b.c']}       | 400 | a.b.c
          {'id':'t','target':'dr','startFrom':'then'}        | 400 | 'then'
          {'id':'t','target':'dr','startFrom':{'watermark':'x'}} | 400 | 'x'
          {'id':'t','target':'dr','startFrom':{'watermark':'1','position':{}}} | 400 | 'position'
          {'id':'t','target':'dr','startFrom':{'existing':{'bytesPerSecond':-1}}} | 400 | -1 bytes per second
          {'id':'t','target':'dr','startFrom':{'existing':{'bytes':1}}} | 400 | existing.bytes
          {'id':'t','target':'dr','rename':{'databases':{'a':'*'}}} | 400 | '*'
          {'id':'t','target':'dr','paused':'yes'}            | 400 | 'paused'
          """)
  void whatCannotBeIsRefusedWithTheReason(String body, int status, String words) {
    assertProblem(http.post(TASKS, body), status, words);
    assertThat(http.get(TASKS).json().path("tasks")).isEmpty();
  }

  @Test
  void aTaskIsLookedAtBeforeItIsMade() {
    JsonNode bad =
        http.post("/api/v1/preflight", "{'id':'t','target':{'uri':'http://gone:1'}}").json();
    assertThat(bad.path("passed").asBoolean()).isFalse();
    assertThat(bad.at("/findings/0/severity").asText()).isEqualTo("BLOCKING");
    assertThat(bad.at("/findings/0/cure").asText()).isEqualTo("Check the address.");
    assertThat(http.post("/api/v1/preflight", "{'id':'t','target':'dr'}").json())
        .hasToString("{\"passed\":true,\"findings\":[]}");
    JsonNode problem = http.post(TASKS, "{'id':'t','target':{'uri':'http://gone:1'}}").json();
    assertThat(problem.path("findings").toString()).isEqualTo(bad.path("findings").toString());
    assertProblem(http.post("/api/v1/preflight", "{'id':'t'}"), 400, "'target'");
    assertThat(http.get(TASKS).json().path("tasks")).isEmpty();
  }

  @Test
  void twoTasksForTheSameAreRefused() {
    create("{'id':'t','target':'dr','include':['a']}");

    assertProblem(
        http.post(TASKS, "{'id':'u','target':'dr','include':['a.b']}"), 409, "'t'", "disjoint");
    create("{'id':'u','target':'dr','include':['b']}");
  }

  @Test
  void oneTargetIsReachedInOneWay() {
    create("{'id':'t','include':['a'],'target':{'uri':'http://s:2','token':'one'}}");

    assertProblem(
        http.post(TASKS, "{'id':'u','include':['b'],'target':{'uri':'http://S:2/','token':'two'}}"),
        400,
        "'t'",
        "http://s:2");
    http.send("DELETE", TASKS + "/t", "");
    create("{'id':'u','include':['b'],'target':{'uri':'http://s:2','token':'two'}}");
  }

  @Test
  void whatTheEngineWillNotHaveIsNotKept() {
    server.engine().refuse(new ConfigException("not like this", ""));
    assertProblem(http.post(TASKS, "{'id':'t','target':'dr'}"), 400, "not like this");

    server.engine().refuse(null);
    server.restart();
    assertThat(server.http().get(TASKS).json().path("tasks")).isEmpty();
  }

  @Test
  void aTaskIsPausedResumedAndDeletedAndEachMayBeRepeated() {
    create("{'id':'t','target':'dr'}");
    for (int i = 0; i < 2; i++) {
      assertThat(http.post(TASKS + "/t/pause").json().path("state").asText()).isEqualTo("PAUSED");
    }
    assertThat(http.get(TASKS + "/t").json().path("reason").asText()).contains("API");
    for (int i = 0; i < 2; i++) {
      assertThat(http.post(TASKS + "/t/resume").json().path("state").asText()).isEqualTo("RUNNING");
    }
    assertThat(http.send("DELETE", TASKS + "/t", "").status()).isEqualTo(204);
    for (String gone : List.of("", "/status", "/positions")) {
      assertProblem(http.get(TASKS + "/t" + gone), 404, "'t'");
    }
    for (String order : List.of("pause", "resume", "promote", "demote")) {
      assertProblem(http.post(TASKS + "/t/" + order), 404, "'t'");
    }
    assertProblem(http.send("POST", TASKS + "/t/resync", "{\"include\":[\"*\"]}"), 404, "'t'");
    assertProblem(http.send("DELETE", TASKS + "/t", ""), 404, "'t'");
  }

  @Test
  void theStatusTellsHowFarATaskIs() {
    create("{'id':'t','target':'dr'}");
    task("t").become(TaskState.RETRYING);

    JsonNode status = http.get(TASKS + "/t/status").json();

    assertThat(status.path("state").asText()).isEqualTo("RETRYING");
    assertThat(status.path("watermarkTime").asText()).isEqualTo("2026-11-26T01:02:03.004Z");
    assertThat(status.path("watermark").isTextual()).isTrue();
    assertThat(status.path("lagSeconds").asDouble()).isEqualTo(1.5);
    assertThat(status.at("/channels/0/channel").asText()).isEqualTo("by-dev-rootcoord-dml_0");
    assertThat(status.at("/channels/0/lagSeconds").asDouble()).isEqualTo(1.5);
    assertThat(status.at("/counters/inserted").asLong()).isEqualTo(10);
    assertThat(status.at("/counters/rowsPerSecond").asDouble()).isEqualTo(12.5);
    assertThat(status.at("/retention/pinned").asBoolean()).isTrue();
    assertThat(status.at("/retention/bytes").asLong()).isEqualTo(4096);
    assertThat(status.at("/retention/limitBytes").asLong()).isEqualTo(8L << 30);
    assertThat(status.at("/retention/limitReachedAt").asText()).startsWith("2026-11-26T01:02:03");
    assertThat(status.at("/retention/advice").asText()).isEqualTo("Resume the task.");
    assertThat(status.at("/retry/cause").asText()).isEqualTo("the target is away");
    assertThat(status.path("reason").asText()).isEqualTo("the target is away");
  }

  @Test
  void aTaskThatHasNotReachedItsTargetDoesNotSayThatItDoesNotLag() {
    create("{'id':'t','target':'dr'}");
    task("t").beforeItsTarget();

    assertThat(http.get(TASKS + "/t/status").json().has("lagSeconds")).isFalse();
    assertThat(http.get(TASKS + "/t").json().has("lagSeconds")).isFalse();
    assertThat(http.get("/metrics").body()).contains("milvus_cdc_lag_seconds{task_id=\"t\"} NaN");
  }

  @Test
  void anotherTaskBeginsWhereThePositionsOfOneSay() {
    create("{'id':'t','target':'dr','include':['a']}");

    String start = http.get(TASKS + "/t/positions").json().path("startFrom").toString();
    create("{'id':'u','target':'dr','include':['b'],'startFrom':%s}".formatted(start));

    assertThat(task("u").spec().startFrom()).isEqualTo(task("t").status().checkpoint());
  }

  @Test
  void collectionsAreCopiedAgainAndAPausedTaskResumes() {
    create("{'id':'t','target':'dr'}");
    http.post(TASKS + "/t/pause");
    String order = "{\"include\":[\"sales.orders\"],\"bytesPerSecond\":5,\"flush\":true}";
    Http.Reply reply = http.send("POST", TASKS + "/t/resync", order);
    assertThat(reply.json().path("state").asText()).isEqualTo("RUNNING");
    assertThat(task("t").resynced()).isEqualTo("sales.orders " + new StartFrom.Existing(5, true));
    server.restart();
    assertThat(task("t").state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void anOrderToCopyAgainWithoutNamesIsRefused() {
    create("{'id':'t','target':'dr'}");
    assertProblem(http.send("POST", TASKS + "/t/resync", "{}"), 400, "'include' is missing");
    assertProblem(
        http.send("POST", TASKS + "/t/resync", "{\"include\":[\"*\"],\"fast\":1}"), 400, "fast");
    assertThat(task("t").resynced()).isEmpty();
  }

  @Test
  void aTargetIsPromotedAlthoughItsCopyIsIncomplete() {
    create("{'id':'t','target':'dr'}");
    assertThat(http.post(TASKS + "/t/promote?incomplete=true").status()).isEqualTo(200);
    assertThat(task("t").incomplete()).isTrue();
  }

  @Test
  void aTargetIsPromotedAndTakenBack() {
    create("{'id':'t','target':'dr'}");

    JsonNode promotion = http.post(TASKS + "/t/promote").json();
    assertThat(promotion.path("writable").asBoolean()).isTrue();
    assertThat(promotion.path("sourceTime").asText()).isEqualTo("2026-11-26T01:02:03.004Z");
    assertProblem(http.post(TASKS + "/t/resume"), 409, "promoted");
    assertThat(http.post(TASKS + "/t/demote").json().path("state").asText()).isEqualTo("PAUSED");
    server.restart();
    assertThat(task("t").state()).isEqualTo(TaskState.PAUSED);
  }

  @Test
  void aTargetThatTakesNoWritesYetIsNoSuccess() {
    create("{'id':'t','target':'dr'}");
    task("t").leaveToAPerson();

    Http.Reply reply = http.post(TASKS + "/t/promote");

    assertProblem(reply, 409, "does not accept writes yet", "Restart it.");
    assertThat(reply.json().at("/promotion/writable").asBoolean(true)).isFalse();
    assertThat(reply.json().at("/promotion/toDo/0").asText()).isEqualTo("Restart it.");
    assertThat(reply.json().at("/promotion/sourceTime").asText())
        .isEqualTo("2026-11-26T01:02:03.004Z");
    JsonNode task = http.get(TASKS + "/t").json();
    assertThat(task.path("state").asText()).isEqualTo("PROMOTING");
    assertThat(task.path("reason").asText()).isEqualTo("Restart it.");
    assertThat(http.post(TASKS + "/t/promote").status()).isEqualTo(200);
  }

  @Test
  void aPassingFaultMayBeTriedAgain() {
    create("{'id':'t','target':'dr'}");
    task("t").fail(new RetriableException("the target is away", ""));

    Http.Reply reply = http.post(TASKS + "/t/promote");

    assertProblem(reply, 503, "away");
    assertThat(reply.header("Retry-After")).isPresent();
  }

  @Test
  void aBugIsNotToldToStrangers() {
    create("{'id':'t','target':'dr'}");
    task("t").fail(new IllegalStateException("root:Milvus"));

    Http.Reply reply = http.post(TASKS + "/t/pause");

    assertProblem(reply, 500, "the server's log");
    assertThat(reply.body()).doesNotContain("root:Milvus");
  }

  @Test
  void aHundredTasksAreListedByPageAndDeleted() {
    for (int i = 0; i < 100; i++) {
      create(
          "{'id':'t%03d','target':'dr','include':['db%d'],'paused':%s}"
              .formatted(i, i, i % 2 == 0));
    }
    List<String> ids = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = http.get(TASKS + "?limit=30" + next).json();
      page.path("tasks").forEach(task -> ids.add(task.path("id").asText()));
      next = page.has("next") ? "&after=" + page.path("next").asText() : null;
    } while (next != null);

    assertThat(ids).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(http.get(TASKS + "?state=PAUSED&limit=1000").json().path("tasks")).hasSize(50);
    assertThat(http.get(TASKS + "?target=dr&limit=7").json().path("tasks")).hasSize(7);
    assertThat(http.get(TASKS + "?target=x").json().path("tasks")).isEmpty();
    assertProblem(http.get(TASKS + "?limit=0"), 400, "'0'");
    assertProblem(http.get(TASKS + "?limit=x"), 400, "'x'");
    assertProblem(http.get(TASKS + "?state=x"), 400, "RUNNING");
    ids.forEach(
        id -> assertThat(http.send("DELETE", TASKS + "/" + id, "").status()).isEqualTo(204));
    assertThat(http.get(TASKS).json().path("tasks")).isEmpty();
    server.restart();
    assertThat(server.http().get(TASKS).json().path("tasks")).isEmpty();
  }
}
