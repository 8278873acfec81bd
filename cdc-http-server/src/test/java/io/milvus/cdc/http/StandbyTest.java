package io.milvus.cdc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.http.config.ConfigFile;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.config.StoreChoice;
import io.milvus.cdc.http.testkit.FakeBackstage;
import io.milvus.cdc.http.testkit.Http;
import io.milvus.cdc.store.Claim;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two servers that share a store. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class StandbyTest {
  private static final String TASKS = "/api/v1/tasks";
  private static final String CONFIG =
      """
      listen: 127.0.0.1:0
      advertise: http://%s:8444
      source: {etcd: 'http://etcd:2379', pulsar: 'pulsar://mq:6650'}
      targets: {dr: {uri: 'http://dr:19530'}}
      store: {etcd: ['http://etcd:2379']}
      """;

  private final BreakableStore shared = new BreakableStore();
  private One first;
  private One second;

  @BeforeEach
  void begin() {
    first = new One("first", over(shared));
    second = new One("second", over(shared));
  }

  @AfterEach
  void end() {
    first.server.close();
    second.server.close();
  }

  private static final class One {
    private final FakeBackstage backstage = new FakeBackstage();
    private final CdcServer server;

    One(String name, Stores stores) {
      backstage.engine.target("dr", new FakeBackstage.FakeTarget("http://dr:19530"));
      ServerConfig config = ConfigFile.parse(CONFIG.formatted(name), Map.of());
      server = CdcServer.start(config, stores, listener -> backstage);
    }

    Http http() {
      return new Http(server.port());
    }
  }

  private static Stores over(Store tasks) {
    return new Stores(tasks, new InMemoryStore(), () -> {});
  }

  private void create() {
    assertThat(first.http().post(TASKS, "{'id':'t','target':'dr'}").status()).isEqualTo(201);
  }

  @Test
  void oneWorksAndTheOtherSaysWhereThatIs() {
    create();

    assertThat(first.http().get("/readyz").status()).isEqualTo(200);
    assertThat(second.http().get("/healthz").status()).isEqualTo(200);
    assertThat(second.http().get("/readyz").status()).isEqualTo(503);
    Http.Reply refused = second.http().get(TASKS);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().path("active").asText()).isEqualTo("http://first:8444");
    assertThat(second.http().post("/cdc", "{'request_type':'list'}").status()).isEqualTo(503);
    assertThat(second.backstage.engine.tasks()).isEmpty();
  }

  @Test
  void theOtherGoesOnWithTheTasksOfTheOneThatEnds() {
    create();

    first.server.close();

    await().until(() -> second.http().get("/readyz").status() == 200);
    assertThat(second.http().get(TASKS + "/t").json().path("state").asText()).isEqualTo("RUNNING");
    assertThat(second.backstage.engine.fake("t").state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void aServerThatLostItsClaimStopsItsTasksAndStandsBy() {
    create();

    shared.breakClaims();

    await().until(() -> second.http().get("/readyz").status() == 200);
    await().until(() -> first.http().get("/readyz").status() == 503);
    assertThat(first.backstage.closed).isTrue();
    assertThat(second.http().get(TASKS).json().path("tasks")).hasSize(1);
  }

  @Test
  void aTaskWhoseDeadOwnerStillHasItIsTriedAgain() {
    create();
    second.backstage.engine.refuse(new AlreadyOwnedException("'t' is owned by the dead", ""));

    first.server.close();

    await().until(() -> second.http().get("/readyz").status() == 200);
    assertThat(second.http().get(TASKS + "/t").json().path("state").asText()).isEqualTo("STARTING");
    second.backstage.engine.refuse(null);
    await()
        .until(
            () -> second.http().get(TASKS + "/t").json().path("state").asText().equals("RUNNING"));
  }

  @Test
  void aDatabaseIsAStoreForTwo() {
    StoreChoice database =
        new StoreChoice.Database(
            "jdbc:h2:mem:two;DB_CLOSE_DELAY=-1", "cdc_", "sa", null, Duration.ofSeconds(5));
    end();
    first = new One("first", Stores.of(database));
    second = new One("second", Stores.of(database));
    oneWorksAndTheOtherSaysWhereThatIs();

    first.server.close();

    await().until(() -> second.http().get("/readyz").status() == 200);
    assertThat(second.http().get(TASKS).json().path("tasks")).hasSize(1);
  }

  /** A store whose claims can be lost, as after their leases have passed. */
  private static final class BreakableStore implements Store {
    private final InMemoryStore kept = new InMemoryStore();
    private Claim last;

    @Override
    public synchronized Claim claim(String name) {
      last = kept.claim(name);
      return last;
    }

    synchronized void breakClaims() {
      last.close();
    }

    @Override
    public Optional<String> read(String name) {
      return kept.read(name);
    }

    @Override
    public List<String> names() {
      return kept.names();
    }
  }
}
