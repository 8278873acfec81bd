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
 * Somebody who watches tasks. What one cannot take in time is kept here, within bounds: of what
 * happened the latest, and of each task how it is now. Thread-safe.
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
   * A watcher.
   *
   * @param task the only one to be told of, null for all
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

  /** How the event's task is now; what was not taken of it before is old, and dropped. */
  synchronized void progress(Event event) {
    progress.put(event.task(), event);
  }

  /** There is a gap before all that follows, and nobody knows how long it is. */
  synchronized void gap() {
    gap = true;
  }

  /** Lets those between notice that the connection is used, and us whether it still is there. */
  synchronized void beat() {
    beat = true;
  }

  /** Ends it after what it has been told already. */
  synchronized void finish() {
    last = true;
  }

  /** Lets it take what is new. To be called without any lock: it writes. */
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
