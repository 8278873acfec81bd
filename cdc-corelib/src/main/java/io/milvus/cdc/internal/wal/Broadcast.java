package io.milvus.cdc.internal.wal;

import io.milvus.cdc.proto.wal.BroadcastHeader;
import io.milvus.cdc.proto.wal.ResourceDomain;
import io.milvus.cdc.proto.wal.ResourceKey;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Describes a message that is in several channels. Each copy has a tick of its own.
 *
 * @param id the same in all copies, and in no other message
 * @param shards the virtual channels that have a copy
 * @param collections the collections that nothing else may change meanwhile, each as {@code
 *     database:collection}
 */
public record Broadcast(long id, Set<String> shards, Set<String> collections) {
  public Broadcast {
    shards = Set.copyOf(shards);
    collections = Set.copyOf(collections);
  }

  static Broadcast of(BroadcastHeader header) {
    return new Broadcast(
        header.getId(),
        Set.copyOf(header.getVirtualChannelsList()),
        header.getResourceKeysList().stream()
            .filter(key -> key.getDomain() == ResourceDomain.RESOURCE_DOMAIN_COLLECTION_NAME)
            .map(ResourceKey::getKey)
            .collect(Collectors.toSet()));
  }
}
