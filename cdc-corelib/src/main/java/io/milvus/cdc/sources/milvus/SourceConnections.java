package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.Catalog;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection that all sessions of a source share, from the first to the last of them.
 * Thread-safe.
 *
 * <p>A session that meets a fault gives it up: whoever comes after that gets a new one, and whoever
 * still works with the old one may go on with it.
 */
final class SourceConnections {
  private final Supplier<SourceConnection> connecting;

  /** How many sessions use each. */
  private final Map<SourceConnection, Integer> users = new HashMap<>();

  private @Nullable SourceConnection current;
  private volatile Catalog seen = Catalog.EMPTY;

  SourceConnections(Supplier<SourceConnection> connecting) {
    this.connecting = connecting;
  }

  /** The connection, to be given back. */
  synchronized SourceConnection take() {
    if (current == null) {
      current = connecting.get();
    }
    users.merge(current, 1, Integer::sum);
    return current;
  }

  /** Lets nobody else have this one. */
  synchronized void giveUp(SourceConnection broken) {
    if (current == broken) {
      current = null;
    }
  }

  /** Keeps the catalog that a session has seen. */
  void saw(Catalog catalog) {
    seen = catalog;
  }

  /** The latest catalog that a session has seen; empty before the first has. */
  Catalog seen() {
    return seen;
  }

  /** Closes it, where nobody else uses it. */
  void giveBack(SourceConnection used) {
    if (isUnused(used)) {
      used.close();
    }
  }

  private synchronized boolean isUnused(SourceConnection used) {
    boolean unused = users.merge(used, -1, Integer::sum) == 0;
    if (unused) {
      users.remove(used);
      giveUp(used);
    }
    return unused;
  }
}
