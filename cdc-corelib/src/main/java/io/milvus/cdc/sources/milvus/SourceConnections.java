package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.Catalog;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares one connection between all sessions of a source, from the first to the last of them.
 * Thread-safe.
 *
 * <p>A session that meets a fault abandons the connection. Later sessions get a new one, and
 * sessions that still use the old one may continue with it.
 */
final class SourceConnections {
  private final Supplier<SourceConnection> connecting;

  /** The number of sessions that use each connection. */
  private final Map<SourceConnection, Integer> users = new HashMap<>();

  private @Nullable SourceConnection current;
  private volatile Catalog seen = Catalog.EMPTY;

  SourceConnections(Supplier<SourceConnection> connecting) {
    this.connecting = connecting;
  }

  /** Returns the connection. The caller must release it. */
  synchronized SourceConnection take() {
    if (current == null) {
      current = connecting.get();
    }
    users.merge(current, 1, Integer::sum);
    return current;
  }

  /** Prevents further use of this connection. */
  synchronized void giveUp(SourceConnection broken) {
    if (current == broken) {
      current = null;
    }
  }

  /** Stores the catalog that a session has seen. */
  void saw(Catalog catalog) {
    seen = catalog;
  }

  /** Returns the latest catalog that a session has seen; empty before the first has. */
  Catalog seen() {
    return seen;
  }

  /** Closes the connection if no other session uses it. */
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
