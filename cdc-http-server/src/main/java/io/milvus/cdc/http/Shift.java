package io.milvus.cdc.http;

import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.go.GoFace;
import io.milvus.cdc.http.rest.Health;
import io.milvus.cdc.http.rest.Metrics;
import io.milvus.cdc.http.rest.Page;
import io.milvus.cdc.http.rest.RestFace;
import io.milvus.cdc.http.rest.Spec;
import io.milvus.cdc.http.task.Backstage;
import io.milvus.cdc.http.task.TaskStore;
import io.milvus.cdc.http.task.Tasks;
import io.milvus.cdc.http.task.Vault;
import io.milvus.cdc.http.web.Directory;
import io.milvus.cdc.http.web.Route;
import io.milvus.cdc.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stretch in which this server is at work, with the tasks of its store. */
final class Shift implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shift.class);

  private final TaskStore store;
  private final Backstage backstage;
  private final Tasks tasks;
  private final Directory directory;

  private Shift(TaskStore store, Backstage backstage, Tasks tasks, Directory directory) {
    this.store = store;
    this.backstage = backstage;
    this.tasks = tasks;
    this.directory = directory;
  }

  /** Makes what does the work, once nothing else can go wrong. */
  interface Stage {
    Backstage set();
  }

  /**
   * Begins to work, and goes on with the tasks of the server before.
   *
   * @throws io.milvus.cdc.error.AlreadyOwnedException where another server is at work
   */
  static Shift begin(ServerConfig config, Store tasks, Stage stage) {
    List<AutoCloseable> opened = new ArrayList<>();
    boolean begun = false;
    try {
      TaskStore store =
          TaskStore.open(tasks, Vault.with(config.key()), config.advertised().toString());
      opened.add(store);
      Backstage backstage = stage.set();
      opened.add(0, backstage);
      Tasks all = new Tasks(backstage, store, config.targets().keySet(), config.limits().tasks());
      all.restore();
      Shift shift = new Shift(store, backstage, all, directory(config, all, backstage));
      begun = true;
      shift.afterwards();
      return shift;
    } finally {
      if (!begun) {
        opened.forEach(Shift::close);
      }
    }
  }

  private static Directory directory(ServerConfig config, Tasks tasks, Backstage backstage) {
    InstantSource time = InstantSource.system();
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new GoFace(tasks, backstage, config.limits(), config.replicateChannel(), time).routes());
    routes.addAll(new RestFace(tasks, time).routes());
    routes.addAll(new Health(tasks).routes());
    routes.addAll(new Metrics(backstage.engine(), tasks).routes());
    routes.addAll(Spec.load().routes());
    routes.addAll(new Page().routes());
    return Directory.of(routes);
  }

  /** What asks the network, and must hold up nobody. */
  private void afterwards() {
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

  Directory directory() {
    return directory;
  }

  int tasks() {
    return tasks.list().size();
  }

  /**
   * To be called every second or so.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another server may be at work
   */
  void keep() {
    store.requireOwned();
    tasks.retry();
  }

  /** Stops the tasks, each at a consistent cut, and lets another server work. */
  @Override
  public void close() {
    close(backstage);
    close(store);
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      LOG.warn("{} did not close", opened, e);
    }
  }
}
