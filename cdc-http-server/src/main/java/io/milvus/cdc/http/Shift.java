package io.milvus.cdc.http;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.config.StoreChoice;
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

/** Represents one period in which this server is active, with the tasks of its store. */
final class Shift implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shift.class);
  private static final long DELETE_AGAIN_MILLIS = 5_000;

  private final TaskStore store;
  private final Backstage backstage;
  private final Tasks tasks;
  private final Events events;
  private final Directory directory;
  private final Thread settling = new Thread(this::settle, "cdc-start");

  private Shift(
      TaskStore store, Backstage backstage, Tasks tasks, Events events, Directory directory) {
    this.store = store;
    this.backstage = backstage;
    this.tasks = tasks;
    this.events = events;
    this.directory = directory;
    settling.setDaemon(true);
  }

  /** Creates the backstage, after the store has been opened. */
  interface Stage {
    Backstage set(CdcListener listener);
  }

  /**
   * Begins to work, and resumes the tasks of the previous server.
   *
   * @throws io.milvus.cdc.error.AlreadyOwnedException if another server is active
   */
  static Shift begin(ServerConfig config, Store tasks, Stage stage) {
    List<AutoCloseable> opened = new ArrayList<>();
    boolean begun = false;
    try {
      TaskStore store = TaskStore.open(tasks, vault(config), config.advertised().toString());
      opened.add(store);
      Happenings happenings = new Happenings(InstantSource.system());
      Backstage backstage = stage.set(happenings);
      opened.add(0, backstage);
      Tasks all = new Tasks(backstage, store, config.targets().keySet(), config.limits().tasks());
      all.restore();
      Events events = new Events(all, happenings);
      opened.add(0, events);
      Directory directory = directory(config, all, backstage, events);
      Shift shift = new Shift(store, backstage, all, events, directory);
      begun = true;
      shift.settling.start();
      return shift;
    } finally {
      if (!begun) {
        opened.forEach(Shift::close);
      }
    }
  }

  /**
   * Returns the vault. Servers that share a store must share the key. Only a server that does not
   * share its store creates its own key.
   */
  private static Vault vault(ServerConfig config) {
    return config.store() instanceof StoreChoice.Files files
        ? Vault.with(config.key(), files.directory().resolve("credentials.key"))
        : Vault.with(config.key());
  }

  private static Directory directory(
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
    return Directory.of(routes);
  }

  /**
   * Logs the findings of the source, and finishes pending deletions. Both contact the network, so
   * they run on a thread of their own.
   */
  private void settle() {
    try {
      backstage
          .checkSource()
          .forEach(finding -> LOG.warn("Finding about the source: {}", finding.message()));
      // If the owner of a task has died while deleting it, it owns the task until its lease
      // expires.
      while (!tasks.finishDeleting()) {
        Thread.sleep(DELETE_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Directory directory() {
    return directory;
  }

  int tasks() {
    return tasks.list().size();
  }

  /**
   * Confirms the ownership of the store and retries waiting tasks. Call it about once a second.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another server may be active
   */
  void keep() {
    store.requireOwned();
    tasks.retry();
  }

  /** Ends the streams of events, so that no watcher delays the end. */
  void endStreams() {
    events.close();
  }

  /** Stops the tasks, each at a consistent cut, and releases the store to other servers. */
  @Override
  public void close() {
    settling.interrupt();
    endStreams();
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
