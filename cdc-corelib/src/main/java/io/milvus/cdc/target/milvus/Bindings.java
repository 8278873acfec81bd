package io.milvus.cdc.target.milvus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which collection of the source is which on the target. For one thread. */
final class Bindings {
  private final Map<Long, Binding> bySource = new HashMap<>();

  /** Channels that need ticks: those of bound collections, and of those dropped in this session. */
  private final Set<String> channels = new HashSet<>();

  @Nullable Binding get(long collectionId) {
    return bySource.get(collectionId);
  }

  void put(Binding binding) {
    bySource.put(binding.source().id(), binding);
    channels.addAll(binding.channels());
  }

  void remove(long collectionId) {
    bySource.remove(collectionId);
  }

  Set<String> channels() {
    return channels;
  }

  /** The target's ids, by the source's. */
  Map<Long, Long> ids() {
    Map<Long, Long> ids = new HashMap<>();
    bySource.forEach((id, binding) -> ids.put(id, binding.targetId()));
    return ids;
  }
}
