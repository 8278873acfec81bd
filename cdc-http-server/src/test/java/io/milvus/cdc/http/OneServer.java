package io.milvus.cdc.http;

import io.milvus.cdc.http.config.ConfigFile;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.testkit.FakeBackstage;
import io.milvus.cdc.http.testkit.FakeEngine;
import io.milvus.cdc.http.testkit.Http;
import io.milvus.cdc.targets.ChangeTarget;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A server with a fake engine, which can be started again on the same state. */
public final class OneServer implements AutoCloseable {
  public static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String CONFIG =
      """
      listen: 127.0.0.1:0
      source: {etcd: 'http://etcd:2379', pulsar: 'pulsar://mq:6650'}
      targets: {dr: {uri: 'http://dr:19530', token: 'root:secret'}}
      """;

  private final Path state;
  private final String config;
  private final Map<String, String> environment = new HashMap<>();
  private FakeBackstage backstage = new FakeBackstage();
  private CdcServer server;

  private OneServer(Path state, String config, Map<String, String> environment) {
    this.state = state;
    this.config = config;
    this.environment.putAll(environment);
    this.server = launch(engine -> {});
  }

  /** A server that keeps its tasks in this directory, and credentials with {@link #KEY}. */
  public static OneServer at(Path state, String... moreConfig) {
    return new OneServer(
        state, CONFIG + String.join("\n", moreConfig), Map.of(ConfigFile.KEY, KEY));
  }

  public static OneServer withoutKey(Path state) {
    return new OneServer(state, CONFIG, Map.of());
  }

  private CdcServer launch(Consumer<FakeEngine> temper) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(ConfigFile.STATE, state.toString());
    backstage = new FakeBackstage();
    Map<String, ChangeTarget> targets =
        Map.of("dr", new FakeBackstage.FakeTarget("http://dr:19530"));
    targets.forEach(backstage.engine::target);
    temper.accept(backstage.engine);
    ServerConfig parsed = ConfigFile.parse(config, all);
    return CdcServer.start(
        parsed,
        Stores.of(parsed.store()),
        listener -> {
          backstage.engine.listener(listener);
          return backstage;
        });
  }

  /** What a new process finds after this one ended. */
  public void restart() {
    restart(engine -> {});
  }

  /** The same with an engine of another temper. */
  public void restart(Consumer<FakeEngine> temper) {
    server.close();
    server = launch(temper);
  }

  public Http http(String... headers) {
    return new Http(server.port(), headers);
  }

  public int port() {
    return server.port();
  }

  /** Method and path of each route that the description is of. */
  public List<String> routes() {
    return server.routes().stream()
        .filter(route -> !route.path().matches("/|/page\\..*|/docs.*|/cdc.*"))
        .map(route -> route.method() + " " + route.path())
        .toList();
  }

  public FakeBackstage backstage() {
    return backstage;
  }

  public FakeEngine engine() {
    return backstage.engine;
  }

  @Override
  public void close() {
    server.close();
  }
}
