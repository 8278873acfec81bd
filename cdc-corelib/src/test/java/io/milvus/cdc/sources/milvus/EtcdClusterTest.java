package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import io.milvus.cdc.proto.meta.DatabaseInfo;
import io.milvus.cdc.proto.meta.DatabaseState;
import io.milvus.cdc.store.EtcdServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** On a real etcd of three members, all of whose addresses are given. */
@Execution(ExecutionMode.CONCURRENT)
class EtcdClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Keyspace KEYS = Keyspace.ofMilvus("by-dev/meta/");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private List<EtcdServer> members;
  private EtcdConnection etcd;
  private EtcdCatalog catalog;

  @BeforeEach
  void open() {
    members = EtcdServer.cluster(3);
    etcd = connect(members);
    catalog = new EtcdCatalog(etcd, "by-dev/meta/");
  }

  @AfterEach
  void close() {
    catalog.close();
    etcd.close();
    members.forEach(EtcdServer::close);
  }

  private static EtcdConnection connect(List<EtcdServer> to) {
    return EtcdConnection.open(endpoint(to), KEYS, PATIENCE);
  }

  private static EtcdEndpoint endpoint(List<EtcdServer> to) {
    return EtcdEndpoint.at(to.stream().map(EtcdServer::endpoint).toArray(String[]::new));
  }

  /** Changes the catalog as a Milvus does that reaches these members, again if need be. */
  private static void rename(List<EtcdServer> by, String name) throws InterruptedException {
    DatabaseInfo info =
        DatabaseInfo.newBuilder()
            .setId(1)
            .setName(name)
            .setState(DatabaseState.DATABASE_STATE_CREATED)
            .build();
    try (EtcdConnection milvus = EtcdConnection.open(endpoint(by), KEYS)) {
      untilAnswered(
          MINUTE,
          () -> {
            milvus.put(
                "by-dev/meta/root-coord/database/db-info/1", info.toByteString().toStringUtf8());
            return true;
          });
    }
  }

  private String seen() throws InterruptedException {
    return catalog.sync().databases().get(1L).name();
  }

  /** Asks until there is an answer, as a task does. */
  private String seenWithin(Duration atMost) throws InterruptedException {
    return untilAnswered(atMost, this::seen);
  }

  private interface Question<T> {
    T ask() throws InterruptedException;
  }

  private static <T> T untilAnswered(Duration atMost, Question<T> question)
      throws InterruptedException {
    Instant end = Instant.now().plus(atMost);
    while (true) {
      try {
        return question.ask();
      } catch (RetriableException e) {
        assertThat(Instant.now()).as(e.getMessage()).isBefore(end);
      }
    }
  }

  private List<EtcdServer> without(EtcdServer one) {
    return members.stream().filter(member -> member != one).toList();
  }

  @Test
  void changesAreSeenWhileAnyOneMemberIsDown() throws Exception {
    for (EtcdServer down : members) {
      rename(members, "before");
      assertThat(seen()).isEqualTo("before");
      down.kill();
      rename(without(down), "while");
      assertThat(seen()).isEqualTo("while");
      down.start();
    }
  }

  @Test
  void memberThatHangsIsLeftForAnother() throws Exception {
    for (EtcdServer hanging : members) {
      rename(members, "before");
      assertThat(seen()).isEqualTo("before");
      hanging.freeze();
      try {
        rename(without(hanging), "while");
        assertThat(seenWithin(PATIENCE.multipliedBy(4))).isEqualTo("while");
      } finally {
        hanging.thaw();
      }
      // Another member may have forwarded a write to the hanging one, which passes it on now. This
      // write comes behind it.
      rename(List.of(hanging), "after");
    }
  }

  @Test
  void memberThatIsCutOffFromTheOthersIsLeftForAnother() throws Exception {
    // To its clients it is what is left of a cluster: it answers, and knows of no leader.
    members.subList(0, 2).forEach(EtcdServer::kill);
    try (EtcdServer reachable = (EtcdServer) new EtcdServer().start();
        EtcdConnection first = connect(List.of(members.get(2), reachable));
        EtcdCatalog through = new EtcdCatalog(first, "by-dev/meta/")) {
      rename(List.of(reachable), "there");
      assertThatThrownBy(through::sync).isInstanceOf(RetriableException.class);
      assertThat(through.sync().databases().get(1L).name()).isEqualTo("there");
    }
  }

  @Test
  void withoutMostMembersThereIsNoAnswerAndThenEverythingThatWasMissed() throws Exception {
    rename(members, "before");
    assertThat(seen()).isEqualTo("before");
    List<EtcdServer> down = members.subList(0, 2);
    down.forEach(EtcdServer::kill);
    assertThatThrownBy(this::seen)
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining(members.get(2).endpoint())
        .hasMessageContaining("More than half of its members");
    EtcdServer.startAll(down);
    rename(members, "after");
    assertThat(seenWithin(PATIENCE.multipliedBy(4))).isEqualTo("after");
  }
}
