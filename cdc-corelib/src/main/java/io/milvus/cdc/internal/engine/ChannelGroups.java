package io.milvus.cdc.internal.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the groups in which an engine's tasks read their source's channels. Thread-safe. */
final class ChannelGroups {
  private final Map<String, ChannelGroup> groups = new ConcurrentHashMap<>();

  ChannelGroup of(String channel) {
    return groups.computeIfAbsent(channel, name -> new ChannelGroup());
  }
}
