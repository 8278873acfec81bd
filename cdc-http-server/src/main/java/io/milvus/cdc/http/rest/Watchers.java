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

/** Who is told of events, and the latest events for those who come back. Thread-safe. */
final class Watchers implements AutoCloseable {
  static final int MOST = 50;
  static final int REMEMBERED = 1000;

  private final String run;
  private final Deque<Event> latest = new ArrayDeque<>();
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private long count;
  private boolean closed;

  /**
   * Nobody yet.
   *
   * @param run what ids begin with: those of another run of the server mean nothing here
   */
  Watchers(String run) {
    this.run = run;
  }

  /**
   * One more watcher, who is told first what happened after an event.
   *
   * @param task the only one to be told of, null for all
   * @param after the last event that it knows of, null where it has none
   * @throws BadCallException where there are too many
   */
  synchronized Watcher watch(@Nullable String task, @Nullable String after) {
    if (closed) {
      throw new BadCallException(503, "The server is stopping.");
    }
    if (watchers.size() >= MOST) {
      throw new BadCallException(
          503, "%d clients watch already, the most this server takes.".formatted(MOST));
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

  /** Tells of something that happened, and remembers it. */
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

  /** Ends what everybody hears. */
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
