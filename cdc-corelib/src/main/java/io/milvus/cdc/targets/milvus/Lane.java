package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.milvus.Dialect;
import io.milvus.cdc.internal.wire.FieldTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Changes that must stay in order, because they may concern the same rows: the changes of one shard
 * of the source. Each key is in one shard.
 *
 * @param dialect the target's notation of keys
 * @param merging whether an upsert retains fields of the older row that it does not name
 * @param events in their order
 */
record Lane(
    Binding binding, FieldTraits traits, Dialect dialect, boolean merging, List<DataEvent> events) {
  /**
   * Returns the requests for all events.
   *
   * @throws Refusal if one of the changes cannot be read
   */
  List<Mutation> requests() throws Refusal {
    return requests(events);
  }

  /** Returns the requests for some events. */
  List<Mutation> requests(List<DataEvent> some) throws Refusal {
    NetChanges changes = new NetChanges(binding, traits);
    for (DataEvent event : some) {
      changes.add(event);
    }
    if (merging) {
      changes.deleteBeforeRows();
    }
    List<Mutation> requests = new ArrayList<>(deletions("", changes.deletedEverywhere()));
    changes.deleted().forEach((partition, keys) -> requests.addAll(deletions(partition, keys)));
    for (var rows : changes.pieces().entrySet()) {
      requests.addAll(RowUpsert.of(binding, traits, rows.getKey(), rows.getValue()));
    }
    return requests;
  }

  private List<KeyDeletion> deletions(String partition, Set<Object> keys) {
    return KeyDeletion.of(binding, traits.key(), dialect, partition, keys);
  }
}
