package io.milvus.cdc.http;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.Exposure;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.go.GoFace;
import io.milvus.cdc.http.go.GoMeters;
import io.milvus.cdc.http.rest.Docs;
import io.milvus.cdc.http.rest.Events;
import io.milvus.cdc.http.rest.Happenings;
import io.milvus.cdc.http.rest.Health;
import io.milvus.cdc.http.rest.Metrics;
import io.milvus.cdc.http.rest.Page;
import io.milvus.cdc.http.rest.RestFace;
import io.milvus.cdc.http.rest.Spec;
import io.milvus.cdc.http.task.Backstage;
import io.milvus.cdc.http.task.FileTaskStore;
import io.milvus.cdc.http.task.TaskStore;
import io.milvus.cdc.http.task.Tasks;
import io.milvus.cdc.http.task.Vault;
import io.milvus.cdc.http.web.Gate;
import io.milvus.cdc.http.web.HttpServer;
import io.milvus.cdc.http.web.Rate;
import io.milvus.cdc.http.web.Route;
import io.milvus.cdc.target.ChangeTarget;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that runs until it is closed. Any number can live in one process. */
public final class CdcServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CdcServer.class);

  private final HttpServer http;
  private final Events events;
  private final List<Route> routes;
  private final Backstage backstage;
  private final TaskStore store;

  private CdcServer(
      HttpServer http, Events events, List<Route> routes, Backstage backstage, TaskStore store) {
    this.http = http;
    this.events = events;
    this.routes = List.copyOf(routes);
    this.backstage = backstage;
    this.store = store;
  }

  /**
   * Starts a server, which goes on with the tasks of the last one that had its state.
   *
   * @throws ConfigException with the cure, where it would be open to others by mistake, or
   *     something of its configuration cannot work
   */
  public static CdcServer start(ServerConfig config) {
    Map<String, ChangeTarget> targets = new TreeMap<>();
    config.targets().forEach((name, address) -> targets.put(name, address.target()));
    Exposure.check(config);
    return start(config, targets, listener -> MilvusBackstage.start(config, targets, listener));
  }

  /** Makes what does the work, once nothing else can go wrong. */
  interface Stage {
    Backstage set(CdcListener listener);
  }

  static CdcServer start(ServerConfig config, Map<String, ChangeTarget> targets, Stage stage) {
    Exposure.check(config);
    if (!config.ignored().isEmpty()) {
      LOG.warn(
          "Without meaning for this server, and ignored: {}", String.join(", ", config.ignored()));
    }
    List<AutoCloseable> opened = new ArrayList<>();
    boolean started = false;
    try {
      TaskStore store =
          FileTaskStore.open(config.state().resolve("tasks"), Vault.with(config.key()));
      opened.add(store);
      Happenings happenings = new Happenings(InstantSource.system());
      Backstage backstage = stage.set(happenings);
      opened.add(0, backstage);
      Tasks tasks = new Tasks(backstage, store, targets.keySet(), config.limits().tasks());
      tasks.restore();
      Events events = new Events(tasks, happenings);
      opened.add(0, events);
      List<Route> routes = routes(config, tasks, backstage, events);
      HttpServer http = HttpServer.start(config, routes, gate(config));
      started = true;
      afterwards(tasks, backstage);
      LOG.info(
          "listening on {}:{}, {} tasks", config.listen().host(), http.port(), tasks.list().size());
      return new CdcServer(http, events, routes, backstage, store);
    } finally {
      if (!started) {
        opened.forEach(CdcServer::close);
      }
    }
  }

  private static Gate gate(ServerConfig config) {
    return new Gate(
        config.token(),
        Exposure.local(config),
        new Rate(config.limits().requestsPerSecond(), System::nanoTime));
  }

  private static List<Route> routes(
      ServerConfig config, Tasks tasks, Backstage backstage, Events events) {
    InstantSource time = InstantSource.system();
    Metrics metrics = new Metrics(backstage.engine());
    metrics.before(new GoMeters(tasks, metrics.registry())::refresh);
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new GoFace(
                tasks,
                backstage,
                config.limits(),
                config.replicateChannel(),
                time,
                metrics.registry())
            .routes());
    routes.addAll(new RestFace(tasks, time).routes());
    routes.addAll(events.routes());
    routes.addAll(new Health(tasks).routes());
    routes.addAll(metrics.routes());
    routes.addAll(Spec.load().routes());
    routes.addAll(new Page().routes());
    routes.addAll(new Docs().routes());
    return routes;
  }

  /** What asks the network, and must hold up nobody. */
  private static void afterwards(Tasks tasks, Backstage backstage) {
    Thread thread =
        new Thread(
            () -> {
              tasks.finishDeleting();
              try {
                backstage
                    .checkSource()
                    .forEach(finding -> LOG.warn("Of the source: {}", finding.message()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "cdc-start");
    thread.setDaemon(true);
    thread.start();
  }

  /** The port it listens on. */
  public int port() {
    return http.port();
  }

  List<Route> routes() {
    return routes;
  }

  /** Stops listening, and then the tasks, each at a consistent cut. Takes seconds at most. */
  @Override
  public void close() {
    events.close();
    http.close();
    backstage.close();
    store.close();
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      LOG.warn("{} did not close", opened, e);
    }
  }
}
