package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.sources.QueueLimits;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Decides which tasks of a source pin, and knows their sessions. Thread-safe. */
final class TaskPins {
  private final Pinning pinning;
  private final Map<String, MilvusSourceSession> sessions = new ConcurrentHashMap<>();
  private final Set<String> unpinned = ConcurrentHashMap.newKeySet();

  TaskPins(Pinning pinning) {
    this.pinning = pinning;
  }

  /** Returns whether a session of this task pins. */
  boolean pins(String task, @Nullable QueueLimits limits) {
    return !unpinned.contains(task) && pinning.pins(limits);
  }

  void opened(String task, MilvusSourceSession session) {
    sessions.put(task, session);
  }

  void closed(String task, MilvusSourceSession session) {
    sessions.remove(task, session);
  }

  /** Returns the session that reads for this task, or null if none reads now. */
  @Nullable MilvusSourceSession reading(String task) {
    MilvusSourceSession session = sessions.get(task);
    return session == null || !session.reads() ? null : session;
  }

  void setPinned(String task, boolean pinned) {
    if (pinned) {
      unpinned.remove(task);
    } else {
      unpinned.add(task);
    }
  }
}
