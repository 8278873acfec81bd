package io.milvus.cdc.transform;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.wire.DeleteMessage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shows messages of rows to a transform, and makes messages of its answers. Internal. */
public final class Transformer {
  private final EventTransform transform;

  public Transformer(EventTransform transform) {
    this.transform = transform;
  }

  /**
   * The event as the transform wants it: the very same where that changes nothing, null where
   * nothing is left of it. Throws what the transform throws.
   *
   * @param database of the collection, as the source calls it
   */
  public @Nullable DataEvent apply(DataEvent event, String database, CollectionEntry collection) {
    Origin origin = new Origin(event.header(), database, collection);
    try {
      return event instanceof Insert insert
          ? applyTo(insert, origin)
          : applyTo((Delete) event, origin);
    } catch (IOException e) {
      throw MessageRows.undecodable(e);
    }
  }

  private @Nullable DataEvent applyTo(Insert event, Origin origin) throws IOException {
    InsertedRows before = MessageRows.of(event, origin);
    InsertedRows after = transform.insert(before);
    requireOwn(after.of(origin), after);
    if (after == before) {
      return event;
    }
    if (after.count() == 0) {
      return null;
    }
    return new Insert(event.header().with(after.count()), Payload.of(after.columns().body()));
  }

  private @Nullable DataEvent applyTo(Delete event, Origin origin) throws IOException {
    DeletedKeys before = MessageRows.of(event, origin);
    DeletedKeys after = transform.delete(before);
    requireOwn(after.of(origin), after);
    if (after == before) {
      return event;
    }
    Set<Object> wanted = new HashSet<>(after.keys());
    if (wanted.isEmpty()) {
      return null;
    }
    List<Object> all = before.keys();
    int[] left = IntStream.range(0, all.size()).filter(i -> wanted.contains(all.get(i))).toArray();
    byte[] body = DeleteMessage.parse(event.payload().bytes()).only(left);
    return new Delete(event.header().with(left.length), Payload.of(body));
  }

  private static void requireOwn(boolean own, Object answer) {
    if (!own) {
      throw new IllegalArgumentException(
          "A transform must answer with what it was given, or with a part or a change of that, not with "
              + answer);
    }
  }
}
