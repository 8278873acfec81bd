package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.rows.Rows;
import io.milvus.cdc.sources.ExistingRows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a source in memory, one message at a time. */
final class InMemoryExistingRows implements ExistingRows {
  private final SourceLog log;

  InMemoryExistingRows(SourceLog log) {
    this.log = log;
  }

  @Override
  public long cut() {
    return log.cut();
  }

  @Override
  public boolean hasPassed(long cut) {
    return true;
  }

  @Override
  public Map<String, Long> behind(long cut, Collection<CollectionEntry> collections) {
    return Map.of();
  }

  @Override
  public void flush(Collection<CollectionEntry> collections) {}

  @Override
  public Reading read(Span span, Collection<CollectionEntry> collections) {
    List<Insert> left = new ArrayList<>();
    for (CollectionEntry collection : collections) {
      for (String channel : collection.channels()) {
        left.addAll(livingRows(span, collection, log.all(channel)));
      }
    }
    left.sort(Comparator.comparingLong(Insert::timestamp));
    return new Messages(span, left);
  }

  private static List<Insert> livingRows(
      Span span, CollectionEntry collection, List<ChannelEvent> messages) {
    Map<Object, Long> deletedAt = new HashMap<>();
    for (ChannelEvent message : messages) {
      if (message instanceof Delete delete
          && delete.header().collectionId() == collection.id()
          && delete.timestamp() <= span.cut()) {
        for (Object key : Rows.of(delete, "", collection).keys()) {
          deletedAt.merge(key, delete.timestamp(), Math::max);
        }
      }
    }
    List<Insert> living = new ArrayList<>();
    for (ChannelEvent message : messages) {
      if (message instanceof Insert insert
          && insert.header().collectionId() == collection.id()
          && insert.timestamp() > span.after()
          && insert.timestamp() <= span.upTo()) {
        Insert rest =
            Rows.of(insert, "", collection)
                .where(row -> deletedAt.getOrDefault(row.key(), 0L) <= insert.timestamp())
                .event();
        if (rest != null) {
          living.add(rest);
        }
      }
    }
    return living;
  }

  @Override
  public void close() {}

  /** Returns messages in batches that end with their timestamps. */
  private static final class Messages implements Reading {
    private final Span span;
    private final ArrayDeque<Insert> left;
    private boolean ended;

    Messages(Span span, List<Insert> left) {
      this.span = span;
      this.left = new ArrayDeque<>(left);
    }

    @Override
    public Amount left() {
      long rows = 0;
      long bytes = 0;
      for (Insert insert : left) {
        rows += insert.header().rows();
        bytes += insert.payload().size();
      }
      return new Amount(rows, bytes);
    }

    @Override
    public @Nullable Batch next() {
      if (ended) {
        return null;
      }
      if (left.isEmpty()) {
        ended = true;
        return new Batch(List.of(), span.upTo());
      }
      List<Insert> same = new ArrayList<>();
      long timestamp = left.getFirst().timestamp();
      for (Iterator<Insert> all = left.iterator(); all.hasNext(); ) {
        Insert insert = all.next();
        if (insert.timestamp() != timestamp) {
          break;
        }
        same.add(insert);
        all.remove();
      }
      return new Batch(same, timestamp);
    }

    @Override
    public void close() {}
  }
}
