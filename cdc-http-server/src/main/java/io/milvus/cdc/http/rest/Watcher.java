package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.http.web.Feed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Represents a client that watches tasks. Holds the events that the client has not read yet, within
 * bounds: the latest events, and the current status of each task. Thread-safe.
 */
final class Watcher implements Feed {
  static final int WAITING = 256;
  private static final String GREETING = "retry: 2000\n\n";
  private static final String BEAT = ": still here\n\n";

  private final @Nullable String task;
  private final Consumer<Watcher> leave;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private final Map<String, Event> progress = new LinkedHashMap<>();
  private Runnable more = () -> {};
  private boolean greeted;
  private boolean beat;
  private boolean last;
  private boolean gap;
  private long leftOut;

  /**
   * Creates a watcher.
   *
   * @param task the only task to report; null for all
   */
  Watcher(@Nullable String task, Consumer<Watcher> leave) {
    this.task = task;
    this.leave = leave;
  }

  boolean watches(String other) {
    return task == null || task.equals(other);
  }

  boolean watchesOnly(String other) {
    return other.equals(task);
  }

  synchronized void happened(Event event) {
    if (waiting.size() == WAITING) {
      waiting.remove();
      leftOut++;
    }
    waiting.add(event);
  }

  /**
   * Stores the current status of the event's task. An older status that was not read yet is
   * dropped.
   */
  synchronized void progress(Event event) {
    progress.put(event.task(), event);
  }

  /** Reports a gap of unknown length before all later events. */
  synchronized void gap() {
    gap = true;
  }

  /**
   * Sends a sign of life. It shows proxies that the connection is in use, and shows the server
   * whether the connection still exists.
   */
  synchronized void beat() {
    beat = true;
  }

  /** Ends the stream after the events that were already added. */
  synchronized void finish() {
    last = true;
  }

  /** Lets the watcher send new events. Call it without any lock, because it writes. */
  void wake() {
    Runnable run;
    synchronized (this) {
      run = more;
    }
    run.run();
  }

  @Override
  public synchronized void begin(Runnable whenThereIsMore) {
    more = whenThereIsMore;
  }

  @Override
  public synchronized @Nullable String next() {
    if (!greeted) {
      greeted = true;
      return GREETING;
    }
    if (gap || leftOut > 0) {
      return missed();
    }
    Event event = waiting.isEmpty() ? takeProgress() : waiting.remove();
    if (event != null) {
      return event.text();
    }
    String text = beat ? BEAT : null;
    beat = false;
    return text;
  }

  private @Nullable Event takeProgress() {
    Iterator<Event> events = progress.values().iterator();
    if (!events.hasNext()) {
      return null;
    }
    Event event = events.next();
    events.remove();
    return event;
  }

  private String missed() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    if (!gap) {
      data.put("events", leftOut);
    }
    gap = false;
    leftOut = 0;
    return Event.fleeting("missed", "", data).text();
  }

  @Override
  public synchronized boolean over() {
    return last && waiting.isEmpty() && progress.isEmpty();
  }

  @Override
  public void gone() {
    leave.accept(this);
  }
}
