package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.http.task.TaskView;
import io.milvus.cdc.http.task.Tasks;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Call;
import io.milvus.cdc.http.web.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams the events of tasks as they happen. While a client watches, also streams the status of
 * all tasks once a second.
 */
public final class Events implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  private static final String TYPE = "text/event-stream";

  /** Well below the 30 s after which this server and other systems close an idle connection. */
  private static final int BEAT_SECONDS = 5;

  private final Tasks tasks;
  private final Watchers watchers;
  private final ScheduledExecutorService clock;
  private final Future<?> ticking;

  /** Holds the status of each task that was last sent. */
  private final Map<String, ObjectNode> told = new HashMap<>();

  /** Holds the tasks that were reported to a watcher. */
  private final Set<String> known = new HashSet<>();

  private int seconds;

  public Events(Tasks tasks, Happenings happenings) {
    this.tasks = tasks;
    this.watchers = happenings.watchers();
    clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "cdc-events");
              thread.setDaemon(true);
              return thread;
            });
    ticking = clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/events", call -> watch(call, null)),
        Route.of("GET", "/api/v1/tasks/{id}/events", call -> watch(call, call.parameter("id"))));
  }

  private synchronized Answer watch(Call call, @Nullable String task) {
    List<TaskView> views = task == null ? tasks.list() : List.of(tasks.view(task));
    Watcher watcher = watchers.watch(task, call.header("Last-Event-ID"));
    for (TaskView view : views) {
      known.add(view.id());
      watcher.progress(progress(view.id(), StatusJson.of(view)));
    }
    // nginx would otherwise retain the events until it has some kilobytes of them.
    return Answer.of(TYPE, watcher).header("X-Accel-Buffering", "no");
  }

  private static Event progress(String task, ObjectNode status) {
    return Event.fleeting("progress", task, status);
  }

  private void tick() {
    try {
      seconds++;
      tell().forEach(Watcher::wake);
    } catch (RuntimeException e) {
      // If the exception were rethrown, the executor would never run this again.
      LOG.error("The watchers did not receive the status of the tasks", e);
    }
  }

  /** Returns the watchers, after they have received the new status of each task. */
  private synchronized List<Watcher> tell() {
    List<Watcher> all = watchers.all();
    if (all.isEmpty()) {
      told.clear();
      known.clear();
      return all;
    }
    Set<String> gone = new HashSet<>(known);
    for (TaskView view : tasks.list()) {
      gone.remove(view.id());
      known.add(view.id());
      ObjectNode status = StatusJson.of(view);
      if (!status.equals(told.put(view.id(), status))) {
        Event event = progress(view.id(), status);
        of(view.id(), all).forEach(watcher -> watcher.progress(event));
      }
    }
    gone.forEach(task -> deleted(task, of(task, all)));
    if (seconds % BEAT_SECONDS == 0) {
      all.forEach(Watcher::beat);
    }
    return all;
  }

  private void deleted(String task, List<Watcher> its) {
    told.remove(task);
    known.remove(task);
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("task", task);
    for (Watcher watcher : its) {
      watcher.happened(Event.fleeting("deleted", task, data));
      if (watcher.watchesOnly(task)) {
        watcher.finish();
      }
    }
  }

  private static List<Watcher> of(String task, List<Watcher> all) {
    return all.stream().filter(watcher -> watcher.watches(task)).toList();
  }

  /** Ends all streams, so that no watcher delays the server's end. */
  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdownNow();
    watchers.close();
  }
}
