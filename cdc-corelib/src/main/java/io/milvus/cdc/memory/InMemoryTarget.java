package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes to memory, for tests. Like a standby it shows rows only when they are complete up
 * to a watermark. If a task stops halfway, it retains the rows that were sent. It rejects a task
 * that would double rows. It stores collections, their partitions and rows, and ignores indexes,
 * loads, aliases and users. Thread-safe.
 */
public final class InMemoryTarget implements ChangeTarget {
  private final TargetTables tables = new TargetTables();

  /** Creates an empty target. */
  public InMemoryTarget() {}

  /** Returns its collections, as {@code database.collection}. */
  public Set<String> collections() {
    return tables.names();
  }

  /**
   * Returns the rows of a collection in the database {@code default}, as {@link #rows(String,
   * String)}.
   *
   * @throws IllegalArgumentException if there is no such collection
   */
  public Map<Object, Map<String, @Nullable Object>> rows(String collection) {
    return rows("default", collection);
  }

  /**
   * Returns the visible rows of a collection by key: the values of the fields by their names.
   * Values are those of {@link io.milvus.cdc.rows.Row#value}, but with lists in place of arrays, so
   * that equal rows are equal objects.
   *
   * @throws IllegalArgumentException if there is no such collection
   */
  public Map<Object, Map<String, @Nullable Object>> rows(String database, String collection) {
    return tables.named(database, collection).shown();
  }

  /**
   * Returns the partitions of a collection.
   *
   * @throws IllegalArgumentException if there is no such collection
   */
  public Set<String> partitions(String database, String collection) {
    return tables.named(database, collection).partitions();
  }

  @Override
  public Inspection check() {
    return Inspection.clean();
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows) {
    return wanted.stream()
        .filter(one -> tables.inTheWay(one, rows))
        .map(
            one ->
                Finding.blocking(
                    "Collection %s.%s is on the target already."
                        .formatted(one.database().name(), one.collection().name()),
                    "Drop it, or use a new target."))
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
