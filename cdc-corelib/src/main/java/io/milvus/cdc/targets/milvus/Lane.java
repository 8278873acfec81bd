package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.client.Dialect;
import io.milvus.cdc.internal.wire.FieldTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Changes that must keep their order, because they may be of the same rows: those of one shard of
 * the source, which each key has one of.
 *
 * @param dialect how the target reads keys
 * @param merging whether an upsert keeps of an older row what it does not name
 * @param events in their order
 */
record Lane(
    Binding binding, FieldTraits traits, Dialect dialect, boolean merging, List<DataEvent> events) {
  /**
   * The requests that bring all of it.
   *
   * @throws Refusal where one of the changes cannot be read
   */
  List<Mutation> requests() throws Refusal {
    return requests(events);
  }

  /** The requests that bring some of it. */
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
