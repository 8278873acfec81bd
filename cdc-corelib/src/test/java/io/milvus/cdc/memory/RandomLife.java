package io.milvus.cdc.memory;

import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Random changes of a source in memory, and what it has in the end. */
public final class RandomLife {
  private static final int KEYS = 20;
  private static final int COLLECTIONS = 4;

  private final InMemorySource source;
  private final SplittableRandom random;
  private final Map<String, InMemoryCollection> alive = new TreeMap<>();
  private long next;

  public RandomLife(InMemorySource source, SplittableRandom random) {
    this.source = source;
    this.random = random;
  }

  /** One change. */
  public void step() {
    next++;
    if (alive.isEmpty() || random.nextInt(20) == 0 && alive.size() < COLLECTIONS) {
      String name = "c" + next;
      alive.put(
          name,
          source.create(name, Field.key("id", FieldType.INT64), Field.of("text", FieldType.TEXT)));
      return;
    }
    List<String> names = new ArrayList<>(alive.keySet());
    String name = names.get(random.nextInt(names.size()));
    InMemoryCollection one = alive.get(name);
    switch (random.nextInt(24)) {
      case 0 -> {
        one.drop();
        alive.remove(name);
      }
      case 1 -> {
        one.rename("r" + next);
        alive.put("r" + next, alive.remove(name));
      }
      case 2 -> {
        one.createPartition("p" + next);
        one.upsert("p" + next, List.of(row()));
      }
      case 3, 4, 5, 6, 7 -> one.delete(random.nextLong(KEYS), random.nextLong(KEYS));
      default -> one.upsert("_default", List.of(row(), row()));
    }
  }

  private Map<String, Object> row() {
    return Map.of("id", random.nextLong(KEYS), "text", "v" + next + "." + random.nextInt());
  }

  /** What is there, by the names of the collections. */
  public Map<String, Map<Object, Map<String, @Nullable Object>>> rows() {
    Map<String, Map<Object, Map<String, @Nullable Object>>> rows = new TreeMap<>();
    alive.forEach((name, collection) -> rows.put("default." + name, collection.rows()));
    return rows;
  }
}
