package io.milvus.cdc.examples.compare;

import io.milvus.cdc.examples.client.MilvusCollection;
import io.milvus.cdc.examples.client.MilvusException;
import io.milvus.cdc.examples.client.ReadAt;
import io.milvus.cdc.examples.compare.RowComparison.Rows;
import io.milvus.cdc.examples.compare.RowComparison.Side;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.List;
import java.util.function.Supplier;

/** Compares one collection with its replica: shape, partitions, counts, rows. */
final class CollectionComparison {
  private final Place place;
  private final MilvusCollection source;
  private final MilvusCollection target;
  private final Supplier<ReadAt> targetReadAt;
  private final Options options;

  CollectionComparison(
      Place place,
      MilvusCollection source,
      MilvusCollection target,
      Supplier<ReadAt> targetReadAt,
      Options options) {
    this.place = place;
    this.source = source;
    this.target = target;
    this.targetReadAt = targetReadAt;
    this.options = options;
  }

  /** Compares once. What goes wrong on the way is a difference, too. */
  CollectionVerdict run(boolean reload) {
    Differences differences = new Differences(options.mostDifferences());
    Tally tally = new Tally();
    try {
      shapes(differences, tally, reload);
    } catch (MilvusException e) {
      differences.add(place.toString(), String.valueOf(e.getMessage()));
    }
    return tally.verdict(place, differences);
  }

  private void shapes(Differences differences, Tally tally, boolean reload) {
    DescribeCollectionResponse ours = source.describe();
    DescribeCollectionResponse theirs = target.describe();
    List<String> partitions = source.partitions();
    tally.partitions = partitions.size();
    ShapeComparison shape = new ShapeComparison(place.toString(), differences);
    shape.compare(ours, theirs);
    shape.partitions(partitions, target.partitions());
    Readable readable = Readable.of(ours.getSchema());
    if (readable.equals(Readable.of(theirs.getSchema()))) {
      Preparation onSource = new Preparation(source, readable);
      Preparation onTarget = new Preparation(target, readable);
      try {
        onSource.start(reload && options.reloadSource());
        onTarget.start(reload && options.reloadTarget());
        onSource.await(options.loadWithin());
        onTarget.await(options.loadWithin());
        rows(readable, partitions, differences, tally);
      } finally {
        if (options.release()) {
          onSource.undo();
          onTarget.undo();
        }
      }
    }
  }

  private void rows(
      Readable readable, List<String> partitions, Differences differences, Tally tally) {
    Side ours = new Side(source, ReadAt.strong());
    Side theirs = new Side(target, targetReadAt.get());
    RowComparison comparison = new RowComparison(readable, options.pageRows(), differences);
    List<List<String>> groups =
        readable.partitionKey()
            ? List.of(List.of())
            : partitions.stream().filter(target.partitions()::contains).map(List::of).toList();
    for (List<String> group : groups) {
      String where = group.isEmpty() ? place.toString() : place + "/" + group.get(0);
      Rows rows = comparison.compare(where, group, ours, theirs);
      Rows counts =
          new Rows(
              source.count(group, ours.readAt()), target.count(group, theirs.readAt()));
      differences.unlessEqual(where, "count(*)", counts.source(), counts.target());
      tally.add(rows, counts);
    }
  }

  /** Adds up the partitions. */
  private static final class Tally {
    private int partitions;
    private Rows rows = new Rows(0, 0);
    private Rows counts = new Rows(0, 0);

    void add(Rows moreRows, Rows moreCounts) {
      rows = rows.plus(moreRows);
      counts = counts.plus(moreCounts);
    }

    CollectionVerdict verdict(Place place, Differences differences) {
      return new CollectionVerdict(
          place,
          partitions,
          rows.source(),
          rows.target(),
          counts.source(),
          counts.target(),
          differences.list(place.toString()));
    }
  }
}
