package io.milvus.cdc.rows;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.wire.DeleteMessage;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds keys that are deleted from a collection, all at one timestamp. Immutable. Methods that
 * decode throw {@link java.io.UncheckedIOException} if the event's bytes are damaged.
 */
public final class DeletedKeys {
  private final Delete event;
  private final Origin origin;

  /** The indexes of the retained keys in the event, in ascending order; null for all. */
  private final int @Nullable [] left;

  private @Nullable List<Object> keys;

  DeletedKeys(Delete event, Origin origin) {
    this(event, origin, null, null);
  }

  private DeletedKeys(
      Delete event, Origin origin, int @Nullable [] left, @Nullable List<Object> keys) {
    this.event = event;
    this.origin = origin;
    this.left = left;
    this.keys = keys;
  }

  /** Returns the name of the database on the source. */
  public String database() {
    return origin.database();
  }

  /** Returns the name of the collection on the source, without its database. */
  public String collection() {
    return origin.collection().name();
  }

  /** Returns the partition that the keys are deleted from, or an empty text for all partitions. */
  public String partition() {
    return origin.partition();
  }

  /** Returns the hybrid timestamp of the delete on the source. */
  public HybridTime timestamp() {
    return new HybridTime(origin.header().timestamp());
  }

  /** Returns the keys: Longs or Strings. */
  public List<Object> keys() {
    List<Object> known = keys;
    if (known == null) {
      known = decoded();
      keys = known;
    }
    return known;
  }

  private List<Object> decoded() {
    try {
      return DeleteMessage.parse(event.payload().bytes()).values();
    } catch (IOException e) {
      throw Rows.undecodable(e);
    }
  }

  /** Returns the keys that the predicate accepts. */
  public DeletedKeys where(Predicate<Object> wanted) {
    List<Object> all = keys();
    int[] accepted = IntStream.range(0, all.size()).filter(i -> wanted.test(all.get(i))).toArray();
    return accepted.length == all.size() ? this : only(accepted);
  }

  private DeletedKeys only(int[] accepted) {
    List<Object> all = keys();
    int[] before = left;
    return new DeletedKeys(
        event,
        origin,
        before == null ? accepted : IntStream.of(accepted).map(i -> before[i]).toArray(),
        IntStream.of(accepted).mapToObj(all::get).toList());
  }

  /** Returns an empty copy, which drops all keys. */
  public DeletedKeys none() {
    return new DeletedKeys(event, origin, new int[0], List.of());
  }

  /** Returns whether these are keys of this event, all or some. */
  public boolean comeFrom(DataEvent other) {
    return event.header().equals(other.header());
  }

  /**
   * Returns these keys as an event. Returns the original event if all keys are left, and null if
   * none is.
   */
  public @Nullable Delete event() {
    if (left == null) {
      return event;
    }
    if (left.length == 0) {
      return null;
    }
    try {
      byte[] body = DeleteMessage.parse(event.payload().bytes()).only(left);
      return new Delete(event.header().with(left.length), Payload.of(body));
    } catch (IOException e) {
      throw Rows.undecodable(e);
    }
  }

  @Override
  public String toString() {
    return "keys of " + origin;
  }
}
