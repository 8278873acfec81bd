package io.milvus.cdc.transform;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys that are deleted from a collection, all at one timestamp. Immutable. */
public final class DeletedKeys {
  private final Origin origin;
  private final Supplier<List<Object>> source;
  private @Nullable List<Object> keys;

  DeletedKeys(Origin origin, Supplier<List<Object>> source) {
    this.origin = origin;
    this.source = source;
  }

  /** What the source calls the database. */
  public String database() {
    return origin.database();
  }

  /** What the source calls the collection, without its database. */
  public String collection() {
    return origin.collection().name();
  }

  /** The one partition they are deleted from, or an empty text for all. */
  public String partition() {
    return origin.partition();
  }

  /** When, as a hybrid timestamp of the source. */
  public long timestamp() {
    return origin.header().timestamp();
  }

  /** Longs or Strings. */
  public List<Object> keys() {
    List<Object> known = keys;
    if (known == null) {
      known = source.get();
      keys = known;
    }
    return known;
  }

  /** Those that this accepts. */
  public DeletedKeys where(Predicate<Object> wanted) {
    List<Object> left = keys().stream().filter(wanted).toList();
    return left.size() == keys().size() ? this : new DeletedKeys(origin, () -> left);
  }

  /** None of them. */
  public DeletedKeys none() {
    return new DeletedKeys(origin, List::of);
  }

  boolean of(Origin other) {
    return origin.equals(other);
  }

  @Override
  public String toString() {
    return "keys of " + origin;
  }
}
