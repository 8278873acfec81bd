package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.TargetSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target in memory, for tests. Like a standby it shows rows only once they are complete up to a
 * watermark, keeps what was sent when a task stops halfway, and refuses a task that would double
 * rows. It keeps collections, their partitions and rows; of indexes, loads, aliases and users it
 * takes no notice. Thread-safe.
 */
public final class InMemoryTarget implements ChangeTarget {
  private final TargetTables tables = new TargetTables();

  /** An empty target. */
  public InMemoryTarget() {}

  /** Its collections, as {@code database.collection}. */
  public Set<String> collections() {
    return tables.names();
  }

  /** The rows of a collection in the database {@code default}, as {@link #rows(String, String)}. */
  public Map<Object, Map<String, @Nullable Object>> rows(String collection) {
    return rows("default", collection);
  }

  /**
   * The rows of a collection that can be seen now, by key: the values of the fields by their names,
   * as {@link io.milvus.cdc.rows.Row#value} tells them, but with lists in place of arrays, so that
   * equal rows are equal objects.
   *
   * @throws IllegalArgumentException where there is no such collection
   */
  public Map<Object, Map<String, @Nullable Object>> rows(String database, String collection) {
    return tables.named(database, collection).shown();
  }

  /**
   * The partitions of a collection.
   *
   * @throws IllegalArgumentException where there is no such collection
   */
  public Set<String> partitions(String database, String collection) {
    return tables.named(database, collection).partitions();
  }

  @Override
  public Inspection check() {
    return Inspection.clean();
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, boolean fromTheBeginning) {
    return wanted.stream()
        .filter(one -> tables.inTheWay(one, fromTheBeginning))
        .map(
            one ->
                Finding.blocking(
                    "Collection %s.%s is on the target already."
                        .formatted(one.database().name(), one.collection().name()),
                    "Drop it, or take a fresh target."))
        .toList();
  }

  @Override
  public TargetSession open(Opening opening) {
    return new InMemoryTargetSession(tables);
  }

  @Override
  public List<String> promote(long ceiling) {
    return List.of();
  }

  @Override
  public long demote() {
    return Timestamps.of(Instant.now());
  }

  @Override
  public String toString() {
    return "target in memory";
  }
}
