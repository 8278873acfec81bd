package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.internal.wire.DeleteMessage;
import io.milvus.cdc.internal.wire.FieldTraits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the net changes of one collection from its changes in order: of several changes of one
 * row only the last counts. So no request holds a key twice, and the two halves of an upsert on the
 * source become one upsert. The only order left among the requests is deletes before rows.
 *
 * <p>Keys are unique in a partition, as an upsert makes them.
 */
final class NetChanges {
  /** Stands for all partitions if the target chooses the partitions of rows. */
  static final String CHOSEN_BY_TARGET = "";

  private final Binding binding;
  private final FieldTraits traits;
  private final boolean chosenByTarget;

  /** Whether an upsert removes all other rows of its key. */
  private final boolean onePlace;

  private final Map<String, Map<Object, Row>> rows = new LinkedHashMap<>();
  private final Map<String, List<Piece>> pieces = new LinkedHashMap<>();
  private final Map<String, Set<Object>> deleted = new LinkedHashMap<>();
  private final Set<Object> deletedEverywhere = new LinkedHashSet<>();

  private record Row(Piece piece, int number) {}

  NetChanges(Binding binding, FieldTraits traits) {
    this.binding = binding;
    this.traits = traits;
    this.chosenByTarget = binding.source().schema().partitionKey();
    this.onePlace = chosenByTarget || binding.partitionIds().size() == 1;
  }

  /**
   * Adds a change.
   *
   * @throws Refusal if it cannot be read at all
   */
  void add(DataEvent event) throws Refusal {
    try {
      if (event instanceof Insert) {
        insert(Piece.of(event), placeOf(event));
      } else {
        delete(DeleteMessage.parse(event.payload().bytes()).values(), event);
      }
    } catch (IOException e) {
      throw Refusal.because("accept rows", "they cannot be read: " + e.getMessage());
    }
  }

  private String placeOf(DataEvent event) {
    return chosenByTarget ? CHOSEN_BY_TARGET : binding.partitionOf(event.header());
  }

  private void insert(Piece piece, String place) throws IOException {
    Map<Object, Row> there = rowsIn(place);
    Set<Object> deletedThere = deletedIn(place);
    int number = 0;
    for (Object key : piece.columns().keys(traits.keyId())) {
      forget(there.put(key, new Row(piece, number++)));
      deletedThere.remove(key);
      if (onePlace) {
        deletedEverywhere.remove(key);
      }
    }
    pieces.computeIfAbsent(place, name -> new ArrayList<>()).add(piece);
  }

  private void delete(List<Object> keys, DataEvent event) {
    if (chosenByTarget || event.header().partitionId() < 0) {
      for (Object key : keys) {
        rows.values().forEach(there -> forget(there.remove(key)));
        deleted.values().forEach(there -> there.remove(key));
        deletedEverywhere.add(key);
      }
      return;
    }
    String place = placeOf(event);
    for (Object key : keys) {
      forget(rowsIn(place).remove(key));
      if (!deletedEverywhere.contains(key)) {
        deletedIn(place).add(key);
      }
    }
  }

  private Map<Object, Row> rowsIn(String place) {
    return rows.computeIfAbsent(place, name -> new LinkedHashMap<>());
  }

  private Set<Object> deletedIn(String place) {
    return deleted.computeIfAbsent(place, name -> new LinkedHashSet<>());
  }

  private static void forget(@Nullable Row row) {
    if (row != null) {
      row.piece().drop(row.number());
    }
  }

  /** Deletes every key first that gets a row, for a target whose upserts retain parts of rows. */
  void deleteBeforeRows() {
    rows.values().forEach(there -> deletedEverywhere.addAll(there.keySet()));
    deleted.values().forEach(there -> there.removeAll(deletedEverywhere));
  }

  /** Returns the keys to delete in all partitions. */
  Set<Object> deletedEverywhere() {
    return deletedEverywhere;
  }

  /** Returns the keys to delete in one partition, by partition. */
  Map<String, Set<Object>> deleted() {
    return deleted;
  }

  /** Returns the rows that exist in the end, by partition. Write them after the deletes. */
  Map<String, List<Piece>> pieces() {
    return pieces;
  }
}
