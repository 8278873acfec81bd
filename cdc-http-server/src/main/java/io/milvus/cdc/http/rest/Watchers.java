package io.milvus.cdc.http.rest;

import io.milvus.cdc.http.web.BadCallException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Distributes events to watchers, and retains the latest events for watchers that reconnect.
 * Thread-safe.
 */
final class Watchers implements AutoCloseable {
  static final int MOST = 50;
  static final int REMEMBERED = 1000;

  private final String run;
  private final Deque<Event> latest = new ArrayDeque<>();
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private long count;
  private boolean closed;

  /**
   * Creates an empty set of watchers.
   *
   * @param run the prefix of all event ids; ids of another run of the server have no meaning here
   */
  Watchers(String run) {
    this.run = run;
  }

  /**
   * Adds a watcher. It first receives the events that followed {@code after}.
   *
   * @param task the only task to report; null for all
   * @param after the id of the last event that the client has; null if it has none
   * @throws BadCallException if there are too many watchers, or if the server is stopping
   */
  synchronized Watcher watch(@Nullable String task, @Nullable String after) {
    if (closed) {
      throw new BadCallException(503, "The server is stopping.");
    }
    if (watchers.size() >= MOST) {
      throw new BadCallException(
          503, "%d clients watch already, the most this server accepts.".formatted(MOST));
    }
    Watcher watcher = new Watcher(task, this::leave);
    watchers.add(watcher);
    if (after != null) {
      replay(watcher, after);
    }
    return watcher;
  }

  private void replay(Watcher watcher, String after) {
    Iterator<Event> events = latest.iterator();
    boolean known = after.equals(id(count - latest.size()));
    while (!known && events.hasNext()) {
      known = events.next().id().equals(after);
    }
    if (!known) {
      watcher.gap();
      events = latest.iterator();
    }
    events.forEachRemaining(
        event -> {
          if (watcher.watches(event.task())) {
            watcher.happened(event);
          }
        });
  }

  private String id(long number) {
    return run + "-" + number;
  }

  private synchronized void leave(Watcher watcher) {
    watchers.remove(watcher);
  }

  /** Distributes an event, and retains it. */
  void happened(Event event) {
    List<Watcher> told;
    synchronized (this) {
      count++;
      Event numbered = new Event(id(count), event.name(), event.task(), event.data());
      if (latest.size() == REMEMBERED) {
        latest.remove();
      }
      latest.add(numbered);
      told = of(event.task());
      told.forEach(watcher -> watcher.happened(numbered));
    }
    told.forEach(Watcher::wake);
  }

  private List<Watcher> of(String task) {
    return watchers.stream().filter(watcher -> watcher.watches(task)).toList();
  }

  synchronized List<Watcher> all() {
    return new ArrayList<>(watchers);
  }

  /** Ends all streams. */
  @Override
  public void close() {
    List<Watcher> left;
    synchronized (this) {
      closed = true;
      left = all();
    }
    left.forEach(Watcher::finish);
    left.forEach(Watcher::wake);
  }
}
