package io.milvus.cdc.http;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.http.web.Directory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Activates this server whenever no other server of its store is active. Uses a thread of its own.
 */
final class Duty implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Duty.class);
  private static final long ROUND_MILLIS = 500;
  private static final long CLOSE_MILLIS = 20_000;

  private final Supplier<Shift> begin;
  private final Directory standby;
  private final Thread thread = new Thread(this::watch, "cdc-duty");
  private volatile @Nullable Shift shift;
  private volatile boolean ended;
  private String said = "";

  /**
   * Creates a duty that has not started yet.
   *
   * @param begin begins a shift, or reports that another server is active
   * @param standby serves requests while no shift is running
   */
  Duty(Supplier<Shift> begin, Directory standby) {
    this.begin = begin;
    this.standby = standby;
    thread.setDaemon(true);
  }

  /** Tries once now, and then repeatedly on a thread of its own. */
  void start(boolean mayWait) {
    try {
      shift = begin.get();
    } catch (AlreadyOwnedException e) {
      if (!mayWait) {
        throw e;
      }
      say("stands by: " + e.getMessage());
    }
    thread.start();
  }

  /** Returns the routes that this server offers now. */
  Directory directory() {
    Shift now = shift;
    return now == null ? standby : now.directory();
  }

  /** Returns the number of its tasks. */
  int tasks() {
    Shift now = shift;
    return now == null ? 0 : now.tasks();
  }

  /** Ends the streams of events, so that no watcher delays the server's end. */
  void endStreams() {
    Shift now = shift;
    if (now != null) {
      now.endStreams();
    }
  }

  private void watch() {
    while (!ended) {
      try {
        Thread.sleep(ROUND_MILLIS);
        round();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void round() {
    Shift now = shift;
    try {
      if (now == null) {
        shift = begin.get();
        say("is at work");
      } else {
        now.keep();
      }
    } catch (AlreadyOwnedException e) {
      say("stands by: " + e.getMessage());
    } catch (StaleOwnerException e) {
      say("stops working: " + e.getMessage());
      shift = null;
      if (now != null) {
        now.close();
      }
    } catch (CdcException e) {
      // The server is not active, and does not know of an active one: the store is unreachable or
      // unreadable.
      say("cannot begin: " + e.getMessage());
    }
  }

  private void say(String what) {
    if (!said.equals(what)) {
      said = what;
      LOG.info("This server {}", what);
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Shift last = shift;
    shift = null;
    if (last != null) {
      last.close();
    }
  }
}
