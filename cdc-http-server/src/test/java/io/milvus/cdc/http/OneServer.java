package io.milvus.cdc.http;

import io.milvus.cdc.http.config.ConfigFile;
import io.milvus.cdc.http.testkit.FakeBackstage;
import io.milvus.cdc.http.testkit.FakeEngine;
import io.milvus.cdc.http.testkit.Http;
import io.milvus.cdc.target.ChangeTarget;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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
    this.server = launch();
  }

  /** A server that keeps its tasks in this directory, and credentials with {@link #KEY}. */
  public static OneServer at(Path state, String... moreConfig) {
    return new OneServer(
        state, CONFIG + String.join("\n", moreConfig), Map.of(ConfigFile.KEY, KEY));
  }

  public static OneServer withoutKey(Path state) {
    return new OneServer(state, CONFIG, Map.of());
  }

  private CdcServer launch() {
    Map<String, String> all = new HashMap<>(environment);
    all.put(ConfigFile.STATE, state.toString());
    backstage = new FakeBackstage();
    Map<String, ChangeTarget> targets =
        Map.of("dr", new FakeBackstage.FakeTarget("http://dr:19530"));
    targets.forEach(backstage.engine::target);
    return CdcServer.start(ConfigFile.parse(config, all), targets, () -> backstage);
  }

  /** What a new process finds after this one ended. */
  public void restart() {
    server.close();
    server = launch();
  }

  public Http http(String... headers) {
    return new Http(server.port(), headers);
  }

  public int port() {
    return server.port();
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
