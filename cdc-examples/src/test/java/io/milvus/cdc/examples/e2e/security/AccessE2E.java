package io.milvus.cdc.examples.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.Access;
import io.milvus.cdc.examples.testbed.client.Access.Right;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, roles and grants on both sides. */
class AccessE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String UNKNOWN = "berts-word";
  private static final String BY_HAND = "opers-word";

  private final String mark = "cdc" + Long.toString(System.currentTimeMillis(), 36);
  private final String anna = mark + "_anna";
  private final String bert = mark + "_bert";
  private final String oper = mark + "_oper";
  private final String reader = mark + "_reader";
  private final String writer = mark + "_writer";
  private final Map<String, String> told = Map.of(anna, "annas-word");

  private CapturedLog log;
  private Bench bench;
  private Access source;
  private Access target;
  private String database;
  private CdcEngine engine;
  private CdcTask task;

  @TempDir private Path state;

  @BeforeEach
  void open() {
    log = new CapturedLog();
    bench = Bench.open("access");
    source = bench.sourceClient().access();
    target = bench.targetClient().access();
    database = bench.database("a");
    Table.create(bench.sourceClient(), database, "books", 1);
  }

  @AfterEach
  void close() throws Exception {
    for (MilvusClient client : List.of(bench.sourceClient(), bench.targetClient())) {
      wipe(client.access());
    }
    bench.cleanUp(task);
    engine.close();
    bench.close();
    log.close();
    assertToldNowhere(log.text());
  }

  private void wipe(Access access) {
    for (String role : List.of(reader, writer)) {
      if (access.roles().contains(role)) {
        for (String place : List.of(database, "default", "*")) {
          access.rights(role, place).forEach(right -> access.revoke(role, right));
        }
        access.dropRole(role);
      }
    }
    List.of(anna, bert, oper).forEach(access::dropUser);
  }

  private void assertToldNowhere(String text) {
    told.values().forEach(password -> assertThat(text).doesNotContain(password));
    assertThat(text).doesNotContain(UNKNOWN, "$2a$");
  }

  private void submit(TaskSpec spec) throws Exception {
    MilvusTarget to =
        bench
            .target()
            .passwords(user -> Optional.ofNullable(told.get(user)).map(Secret::new))
            .build();
    engine = bench.engine(state, to);
    task = engine.submit(spec);
    task.awaitState(TaskState.RUNNING, SOON);
    task.awaitCaughtUp(SOON);
  }

  private Right right(String name, String privilege) {
    return new Right("Collection", database, name, privilege);
  }

  /** Ours among the users or roles of a side. */
  private Set<String> ours(Set<String> names) {
    Set<String> mine = new TreeSet<>(names);
    mine.removeIf(name -> !name.startsWith(mark));
    return mine;
  }

  /** Users but the one made by hand, with their roles, and roles with their grants. */
  private String described(Access access) {
    StringBuilder all = new StringBuilder();
    access
        .users()
        .forEach(
            (user, roles) -> {
              if (user.startsWith(mark) && !user.equals(oper)) {
                all.append("%s%s ".formatted(user, roles));
              }
            });
    for (String role : ours(access.roles())) {
      Set<String> rights = new TreeSet<>();
      access.rights(role, database).forEach(right -> rights.add(right.toString()));
      all.append("%s%s ".formatted(role, rights));
    }
    return all.toString();
  }

  private void awaitEqual() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(described(target)).isEqualTo(described(source)));
  }

  private void make() {
    Stream.of(reader, writer).forEach(source::createRole);
    source.grant(reader, right("books", "Search"));
    source.grant(reader, right("*", "Query"));
    source.grant(reader, new Right("Collection", "default", "*", "Query"));
    source.grant(reader, new Right("Collection", "*", "*", "Load"));
    source.createUser(anna, told.get(anna));
    source.createUser(bert, UNKNOWN);
    Stream.of(anna, bert).forEach(user -> source.addRole(user, reader));
    target.createUser(oper, BY_HAND);
  }

  @Test
  void whoMayDoWhatIsAsOnTheSourceWithTheSwitchAndUntouchedWithout() throws Exception {
    make();
    submit(bench.spec());
    assertThat(ours(target.users().keySet())).containsExactly(oper);
    assertThat(ours(target.roles())).isEmpty();
    engine.close();

    submit(bench.spec().toBuilder().access(true).build());
    assertThat(target.users())
        .containsEntry(anna, Set.of(reader))
        .containsEntry(oper, Set.of())
        .doesNotContainKey(bert);
    assertThat(target.hasPassword(anna, told.get(anna))).isTrue();
    assertThat(target.rights(reader, database))
        .containsExactlyInAnyOrder(right("books", "Search"), right("*", "Query"));
    assertThat(target.rights(reader, "default")).isEmpty();
    assertThat(task.status().limitations())
        .singleElement()
        .asString()
        .contains(bert, "Create it there", reader);
    source.revoke(reader, new Right("Collection", "*", "*", "Load"));
    target.createUser(bert, UNKNOWN);
    awaitEqual();
    await().atMost(SOON).until(() -> task.status().limitations().isEmpty());
    assertThat(target.hasPassword(bert, UNKNOWN)).isTrue();

    changesWhileItRuns();
    changesWhileItIsAway();
    assertThat(target.users()).containsEntry(oper, Set.of());
    assertThat(target.hasPassword(oper, BY_HAND)).isTrue();
    assertToldNowhere(task.status().toString());
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertToldNowhere(Files.readString(file));
      }
    }
  }

  private void changesWhileItRuns() {
    source.grant(writer, right("books", "Insert"));
    source.addRole(anna, writer);
    source.removeRole(anna, reader);
    source.revoke(reader, right("books", "Search"));
    awaitEqual();
    source.changePassword(bert, UNKNOWN, UNKNOWN + "2");
    await()
        .atMost(SOON)
        .until(() -> task.status().limitations().toString().contains("another password"));
    source.dropUser(bert);
    awaitEqual();
    await().atMost(SOON).until(() -> task.status().limitations().isEmpty());
  }

  private void changesWhileItIsAway() throws Exception {
    task.pause();
    source.revoke(reader, right("*", "Query"));
    source.revoke(reader, new Right("Collection", "default", "*", "Query"));
    source.dropRole(reader);
    source.revoke(writer, right("books", "Insert"));
    source.grant(writer, right("*", "Upsert"));
    target.revoke(writer, right("books", "Insert"));
    task.resume();
    awaitEqual();
    assertThat(ours(target.roles())).containsExactly(writer);
    target.revoke(writer, right("*", "Upsert"));
    task.pause();
    source.dropUser(anna);
    task.resume();
    awaitEqual();
    assertThat(ours(target.users().keySet())).containsExactly(oper);
  }
}
