package io.milvus.cdc.http;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.Exposure;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.task.TargetSpec;
import io.milvus.cdc.http.task.TaskStore;
import io.milvus.cdc.http.web.Gate;
import io.milvus.cdc.http.web.HttpServer;
import io.milvus.cdc.http.web.Rate;
import io.milvus.cdc.http.web.Route;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a server until it is closed. A process can run any number of servers. */
public final class CdcServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CdcServer.class);

  private final HttpServer http;
  private final Duty duty;
  private final Stores stores;

  private CdcServer(HttpServer http, Duty duty, Stores stores) {
    this.http = http;
    this.duty = duty;
    this.stores = stores;
  }

  /**
   * Starts a server, which resumes the tasks of the last server that used its store. If the store
   * can be shared, the server stands by while another server is active.
   *
   * @throws ConfigException if the server would be open to other machines by mistake, or if a part
   *     of its configuration cannot work; the message contains the remedy
   */
  public static CdcServer start(ServerConfig config) {
    Exposure.check(config);
    config.targets().values().forEach(TargetSpec::target);
    Stores stores = Stores.of(config.store());
    return start(
        config, stores, listener -> MilvusBackstage.start(config, stores.checkpoints(), listener));
  }

  /**
   * Returns the problems that would prevent a server with this configuration from working. Changes
   * nothing.
   */
  public static List<Finding> check(ServerConfig config) throws InterruptedException {
    if (config.targets().isEmpty()) {
      return config.source().check().findings();
    }
    try (Stores stores = Stores.of(config.store())) {
      CdcEngine.Builder engine =
          CdcEngine.builder().source(config.source()).checkpoints(stores.checkpoints());
      config.targets().forEach((name, address) -> engine.target(name, address.target()));
      return engine.check();
    }
  }

  static CdcServer start(ServerConfig config, Stores stores, Shift.Stage stage) {
    List<AutoCloseable> opened = new ArrayList<>(List.of(stores));
    boolean started = false;
    try {
      Exposure.check(config);
      if (!config.ignored().isEmpty()) {
        LOG.warn(
            "These settings have no meaning for this server and are ignored: {}",
            String.join(", ", config.ignored()));
      }
      Duty duty =
          new Duty(
              () -> Shift.begin(config, stores.tasks(), stage),
              new Standby(() -> active(stores.tasks())).directory());
      opened.add(0, duty);
      begin(duty, config);
      HttpServer http = HttpServer.start(config, duty::directory, gate(config));
      started = true;
      LOG.info("listening on {}:{}, {} tasks", config.listen().host(), http.port(), duty.tasks());
      return new CdcServer(http, duty, stores);
    } finally {
      if (!started) {
        opened.forEach(CdcServer::close);
      }
    }
  }

  private static void begin(Duty duty, ServerConfig config) {
    try {
      duty.start(config.store().shared());
    } catch (AlreadyOwnedException e) {
      throw new ConfigException(
          "%s Stop that server, or set 'state' to another directory.".formatted(e.getMessage()),
          "",
          e);
    }
  }

  private static String active(Store tasks) {
    try {
      return TaskStore.addressIn(tasks).orElse("");
    } catch (CdcException e) {
      LOG.debug("The active server's address cannot be read", e);
      return "";
    }
  }

  private static Gate gate(ServerConfig config) {
    return new Gate(
        config.token(),
        Exposure.local(config),
        new Rate(config.limits().requestsPerSecond(), System::nanoTime));
  }

  /** Returns the port on which the server listens. */
  public int port() {
    return http.port();
  }

  List<Route> routes() {
    return duty.directory().routes();
  }

  /** Stops listening, then stops the tasks, each at a consistent cut. Takes seconds at most. */
  @Override
  public void close() {
    duty.endStreams();
    http.close();
    duty.close();
    stores.close();
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      LOG.warn("{} did not close", opened, e);
    }
  }
}
