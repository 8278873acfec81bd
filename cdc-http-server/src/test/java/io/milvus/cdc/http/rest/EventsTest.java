package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.EventStream;
import io.milvus.cdc.http.testkit.Http;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Those who watch hear what happens, and hold up nobody. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("events")
class EventsTest {
  private static final String ALL = "/api/v1/events";
  private static final String TASKS = "/api/v1/tasks";

  @TempDir private Path state;
  private OneServer server;

  @BeforeEach
  void begin() {
    server = OneServer.at(state);
    create("a");
    create("b");
  }

  @AfterEach
  void end() {
    server.close();
  }

  private void create(String id) {
    Http.Reply made =
        server.http().post(TASKS, "{'id':'%s','include':['%s'],'target':'dr'}".formatted(id, id));
    assertThat(made.status()).isEqualTo(201);
  }

  private EventStream watch(String path, String... headers) throws Exception {
    return EventStream.open(server.port(), path, headers);
  }

  @Test
  void whoWatchesHearsHowTasksAreAndWhatHappens() throws Exception {
    try (EventStream all = watch(ALL);
        EventStream one = watch(TASKS + "/b/events")) {
      assertThat(all.status()).isEqualTo(200);
      assertThat(all.header("Content-Type")).isEqualTo("text/event-stream");
      JsonNode first = all.next("progress").data();
      assertThat(first.path("id").asText()).isEqualTo("a");
      assertThat(first).isEqualTo(server.http().get(TASKS + "/a/status").json());
      assertThat(all.next("progress").data().path("id").asText()).isEqualTo("b");

      server.http().post(TASKS + "/a/pause");
      server.engine().fake("b").become(TaskState.RETRYING);

      EventStream.Told paused = all.next("state");
      assertThat(paused.data().path("task").asText()).isEqualTo("a");
      assertThat(paused.data().path("from").asText()).isEqualTo("RUNNING");
      assertThat(paused.data().path("to").asText()).isEqualTo("PAUSED");
      assertThat(paused.data().has("cause")).isFalse();
      assertThat(Instant.parse(paused.data().path("at").asText()))
          .isBetween(Instant.now().minusSeconds(30), Instant.now());
      assertThat(all.next("state").data().path("cause").asText()).isEqualTo("it broke");
      assertThat(one.next("state").data().path("task").asText()).isEqualTo("b");
      assertThat(all.next("progress").data().path("state").asText()).isEqualTo("PAUSED");
    }
  }

  @Test
  void everyKindOfNoticeIsPassedOn() throws Exception {
    try (EventStream all = watch(ALL)) {
      all.next("progress");
      var listener = server.engine().listener();
      listener.limitationReported("a", "fewer replicas");
      listener.accessApplied("a", new AccessName(AccessName.Kind.ROLE, "reader"));
      listener.schemaApplied(
          "a", new SchemaEvent.DropDatabase(7, new DatabaseEntry(3, "shop", 1, 7)));
      listener.deadLettered(
          "a",
          new DeadLetter(
              "ch",
              new Position("15:203"),
              DeadLetter.Reason.REFUSED,
              "too long",
              new HybridTime(7),
              "shop.orders",
              Instant.now(),
              Payload.of("secret row".getBytes(StandardCharsets.UTF_8)),
              Map.of()));

      assertThat(all.next("limitation").data().path("why").asText()).isEqualTo("fewer replicas");
      assertThat(all.next("access").data().path("name").asText()).isEqualTo("reader");
      JsonNode change = all.next("schema").data();
      assertThat(change.path("change").asText()).isEqualTo("dropDatabase");
      assertThat(change.path("database").asText()).isEqualTo("shop");
      assertThat(change.path("timestamp").asText()).isEqualTo("7");
      JsonNode letter = all.next("deadLetter").data();
      assertThat(letter.path("position").asText()).isEqualTo("15:203");
      assertThat(letter.path("collection").asText()).isEqualTo("shop.orders");
      assertThat(letter.toString()).doesNotContain("secret row");
    }
  }

  @Test
  void whoComesBackHearsWhatItMissed() throws Exception {
    String last;
    try (EventStream all = watch(ALL)) {
      server.engine().fake("a").become(TaskState.FAILED);
      last = all.next("state").id();
    }
    server.engine().fake("b").become(TaskState.PAUSED);
    server.engine().fake("a").become(TaskState.PROMOTED);

    try (EventStream again = watch(ALL, "Last-Event-ID", last);
        EventStream one = watch(TASKS + "/a/events", "Last-Event-ID", last);
        EventStream other = watch(ALL, "Last-Event-ID", "another-1")) {
      assertThat(again.next("state").data().path("to").asText()).isEqualTo("PAUSED");
      assertThat(again.next("state").data().path("to").asText()).isEqualTo("PROMOTED");
      assertThat(one.next("state").data().path("to").asText()).isEqualTo("PROMOTED");
      assertThat(other.next("missed").data().has("events")).isFalse();
      assertThat(other.next("state").data().path("to").asText()).isEqualTo("FAILED");
    }
  }

  @Test
  void aTaskIsKnownToBeGone() throws Exception {
    try (EventStream all = watch(ALL);
        EventStream one = watch(TASKS + "/a/events");
        EventStream none = watch(TASKS + "/nobody/events")) {
      assertThat(none.status()).isEqualTo(404);

      server.http().send("DELETE", TASKS + "/a", "");

      assertThat(one.next("deleted").data().path("task").asText()).isEqualTo("a");
      assertThat(one.ends()).isTrue();
      assertThat(all.next("deleted").data().path("task").asText()).isEqualTo("a");
      create("c");
      while (!all.next("progress").data().path("id").asText().equals("c")) {
        // Others' come first.
      }
    }
  }

  /** One that takes nothing fills the network's buffers, and then its own queue, and no more. */
  @Test
  void whoIsSlowHoldsUpNobodyAndIsToldOfTheGap() throws Exception {
    int events = 12_000;
    String text = "x".repeat(2000);
    try (Socket slow = new Socket();
        EventStream quick = watch(TASKS + "/b/events")) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress("127.0.0.1", server.port()));
      slow.getOutputStream()
          .write(
              "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = slow.getInputStream();
      in.readNBytes(100);
      long begin = System.nanoTime();
      for (int i = 0; i < events; i++) {
        server.engine().listener().limitationReported("a", text);
      }
      server.engine().fake("b").become(TaskState.FAILED);

      assertThat(quick.next("state").data().path("to").asText()).isEqualTo("FAILED");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(missedAndHeard(in)).isEqualTo(events);
    }
  }

  /** Reads until the last event, which is another. */
  private static int missedAndHeard(InputStream in) throws Exception {
    StringBuilder said = new StringBuilder();
    byte[] part = new byte[1 << 16];
    while (said.indexOf("\"to\":\"FAILED\"") < 0) {
      said.append(new String(part, 0, in.read(part), StandardCharsets.ISO_8859_1));
    }
    int heard = said.toString().split("event: limitation", -1).length - 1;
    int missed =
        Pattern.compile("event: missed\ndata: \\{\"events\":(\\d+)")
            .matcher(said)
            .results()
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .sum();
    assertThat(missed).isPositive();
    return heard + missed;
  }

  @Test
  void thereAreNeverTooMany() throws Exception {
    List<EventStream> watching = new ArrayList<>();
    try {
      for (int i = 0; i < Watchers.MOST; i++) {
        watching.add(watch(ALL));
      }
      assertThat(server.http().send("HEAD", ALL, "").status()).isEqualTo(503);
      Http.Reply refused = server.http().get(ALL);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isPresent();

      watching.remove(0).close();

      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                server.engine().listener().limitationReported("a", "notices that it has left");
                return server.http().send("HEAD", ALL, "").status() == 200;
              });
      assertThat(server.http().send("HEAD", ALL, "").status()).isEqualTo(200);
      long begin = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
      assertThat(watching.get(0).ends()).isTrue();
    } finally {
      watching.forEach(EventStream::close);
    }
  }

  /** Else a proxy, or we ourselves, would take the connection for a dead one. */
  @Test
  void somethingIsSaidAlsoWhenNothingHappens() throws Exception {
    try (EventStream all = watch(ALL)) {
      all.next("progress");
      assertThat(all.next("").data().isMissingNode()).isTrue();
      assertThat(all.next("").data().isMissingNode()).isTrue();
    }
  }

  @Test
  void aTokenIsAskedForHereToo() throws Exception {
    server.close();
    server = OneServer.at(state, "token: sesame");

    try (EventStream refused = watch(ALL);
        EventStream let = watch(ALL, "Authorization", "Bearer sesame")) {
      assertThat(refused.status()).isEqualTo(401);
      assertThat(let.status()).isEqualTo(200);
      let.next("progress");
    }
  }
}
