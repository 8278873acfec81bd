package io.milvus.cdc.testkit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.sources.ExistingRows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/**
 * The stored rows of a {@link FakeSource}, as those of a Milvus: what its ticks have completed is
 * stored, and rows of several messages share a file, each with its own timestamp.
 */
final class FakeExistingRows implements ExistingRows {
  private final Supplier<Map<String, List<ChannelEvent>>> channels;
  private final SplittableRandom random;
  private final Runnable trouble;

  /**
   * Creates a view.
   *
   * @param channels all messages so far
   * @param trouble throws now and then
   */
  FakeExistingRows(
      Supplier<Map<String, List<ChannelEvent>>> channels,
      SplittableRandom random,
      Runnable trouble) {
    this.channels = channels;
    this.random = random;
    this.trouble = trouble;
  }

  /** Like a Milvus's, it can be ahead of what was issued. */
  @Override
  public long cut() {
    trouble.run();
    return newest() + random.nextInt(150_000_000);
  }

  private long newest() {
    long newest = 1;
    for (List<ChannelEvent> messages : channels.get().values()) {
      for (ChannelEvent message : messages) {
        newest = Math.max(newest, timestamp(message));
      }
    }
    return newest;
  }

  @Override
  public boolean hasPassed(long cut) {
    return newest() >= cut;
  }

  private static long timestamp(ChannelEvent message) {
    return message instanceof Insert insert
        ? insert.timestamp()
        : message instanceof Delete delete
            ? delete.timestamp()
            : message instanceof TimeTick tick ? tick.timestamp() : 0;
  }

  @Override
  public Map<String, Long> behind(long cut, Collection<CollectionEntry> collections) {
    trouble.run();
    Map<String, Long> behind = new TreeMap<>();
    Map<String, List<ChannelEvent>> all = channels.get();
    for (CollectionEntry collection : collections) {
      for (int shard = 0; shard < collection.shards().size(); shard++) {
        long ticked = 0;
        for (ChannelEvent message : all.get(collection.channels().get(shard))) {
          ticked = message instanceof TimeTick tick ? tick.timestamp() : ticked;
        }
        if (ticked < cut) {
          behind.put(collection.shards().get(shard), ticked);
        }
      }
    }
    return behind;
  }

  @Override
  public void flush(Collection<CollectionEntry> collections) {
    trouble.run();
  }

  @Override
  public Reading read(Span span, Collection<CollectionEntry> collections) {
    trouble.run();
    Map<Long, CollectionEntry> wanted = new HashMap<>();
    collections.forEach(collection -> wanted.put(collection.id(), collection));
    TreeMap<Long, List<Row>> byTime = new TreeMap<>();
    channels
        .get()
        .values()
        .forEach(
            messages -> {
              for (Row row : living(messages, span)) {
                if (wanted.containsKey(row.header().collectionId())) {
                  byTime.computeIfAbsent(row.timestamp(), at -> new ArrayList<>()).add(row);
                }
              }
            });
    return new Batches(span, byTime);
  }

  /** One row, as a message of its own. */
  private record Row(RowsHeader header, Msg.InsertRequest message) {
    long timestamp() {
      return message.getTimestamps(0);
    }

    long key() {
      return message.getFieldsDataList().stream()
          .filter(column -> column.getFieldId() == Messages.KEY_FIELD)
          .findFirst()
          .orElseThrow()
          .getScalars()
          .getLongData()
          .getData(0);
    }
  }

  private static List<Row> living(List<ChannelEvent> messages, Span span) {
    Map<List<Long>, Long> deleted = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (ChannelEvent message : messages) {
      try {
        if (message instanceof Delete delete && delete.timestamp() <= span.cut()) {
          Msg.DeleteRequest request = Msg.DeleteRequest.parseFrom(delete.payload().bytes());
          for (long key : request.getPrimaryKeys().getIntId().getDataList()) {
            deleted.merge(
                List.of(delete.header().collectionId(), key), delete.timestamp(), Math::max);
          }
        } else if (message instanceof Insert insert) {
          rows.add(new Row(insert.header(), Msg.InsertRequest.parseFrom(insert.payload().bytes())));
        }
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }
    rows.removeIf(
        row ->
            row.timestamp() <= span.after()
                || row.timestamp() > span.upTo()
                || row.timestamp()
                    < deleted.getOrDefault(List.of(row.header().collectionId(), row.key()), 0L));
    return rows;
  }

  @Override
  public void close() {}

  private final class Batches implements Reading {
    private final Span span;
    private final Deque<List<Row>> left = new ArrayDeque<>();
    private boolean ended;

    Batches(Span span, TreeMap<Long, List<Row>> byTime) {
      this.span = span;
      left.addAll(byTime.values());
    }

    @Override
    public Amount left() {
      return new Amount(left.size(), left.size());
    }

    @Override
    public @Nullable Batch next() {
      trouble.run();
      if (ended) {
        return null;
      }
      List<Row> some = new ArrayList<>();
      for (int i = 1 + random.nextInt(12); i > 0 && !left.isEmpty(); i--) {
        some.addAll(left.remove());
      }
      ended = left.isEmpty();
      long upTo = ended ? span.upTo() : some.get(some.size() - 1).timestamp();
      return new Batch(merged(some), upTo);
    }

    /** Rows of one shard and partition share a message. */
    private List<Insert> merged(List<Row> rows) {
      Map<List<Object>, List<Row>> files = new LinkedHashMap<>();
      for (Row row : rows) {
        files
            .computeIfAbsent(
                List.of(row.header().shard(), row.header().partitionId()), f -> new ArrayList<>())
            .add(row);
      }
      List<Insert> inserts = new ArrayList<>();
      files.values().forEach(file -> inserts.add(merge(file)));
      inserts.sort((a, b) -> Long.compare(a.timestamp(), b.timestamp()));
      return inserts;
    }

    private Insert merge(List<Row> rows) {
      RowsHeader first = rows.get(0).header();
      Msg.InsertRequest.Builder message = rows.get(0).message().toBuilder();
      for (Row row : rows.subList(1, rows.size())) {
        Msg.InsertRequest next = row.message();
        message
            .addAllTimestamps(next.getTimestampsList())
            .addAllRowIDs(next.getRowIDsList())
            .setNumRows(message.getNumRows() + next.getNumRows());
        for (int i = 0; i < message.getFieldsDataCount(); i++) {
          var column = message.getFieldsDataBuilder(i);
          var more = next.getFieldsData(i);
          if (more.hasScalars()) {
            column
                .getScalarsBuilder()
                .getLongDataBuilder()
                .addAllData(more.getScalars().getLongData().getDataList());
          } else {
            column
                .getVectorsBuilder()
                .getFloatVectorBuilder()
                .addAllData(more.getVectors().getFloatVector().getDataList());
          }
        }
      }
      long newest = rows.get(rows.size() - 1).timestamp();
      return new Insert(
          new RowsHeader(
              first.channel(),
              new Position("stored:" + first.position().text()),
              newest,
              first.collectionId(),
              first.partitionId(),
              first.shard(),
              (int) message.getNumRows(),
              0),
          Payload.of(message.build().toByteArray()));
    }

    @Override
    public void close() {}
  }
}
