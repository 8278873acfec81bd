package io.milvus.cdc.compare;

import io.milvus.cdc.compare.RowComparison.Rows;
import io.milvus.cdc.internal.client.CollectionReader;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.grpc.DescribeCollectionResponse;
import java.util.List;

/** Compares one collection with its counterpart: shape, partitions, counts, rows. */
final class CollectionComparison {
  private final Place place;
  private final ServedCollection source;
  private final ServedCollection target;
  private final Options options;

  CollectionComparison(
      Place place, ServedCollection source, ServedCollection target, Options options) {
    this.place = place;
    this.source = source;
    this.target = target;
    this.options = options;
  }

  /** Begins the slow steps, so that several collections can be loaded at once. */
  void prepare() {
    source.prepare(options.reloadSource(), options.load());
    target.prepare(options.reloadTarget(), options.load());
  }

  /** Releases the collections that were not loaded before. */
  void release() {
    source.release();
    target.release();
  }

  /** Compares once. A failure is a difference, too. */
  CollectionVerdict run() {
    Differences differences = new Differences(options.mostDifferences());
    Tally tally = new Tally();
    try {
      compare(differences, tally);
    } catch (MilvusException e) {
      differences.add(place.toString(), String.valueOf(e.getMessage()));
    }
    return tally.verdict(place, differences);
  }

  private void compare(Differences differences, Tally tally) {
    DescribeCollectionResponse ours = source.collection().describe();
    DescribeCollectionResponse theirs = target.collection().describe();
    List<String> partitions = source.collection().partitions();
    List<String> theirPartitions = target.collection().partitions();
    tally.partitions = partitions.size();
    Layout layout = Layout.of(ours.getSchema());
    ShapeComparison shape = new ShapeComparison(place.toString(), differences, options.likeness());
    shape.compare(ours, theirs);
    if (!layout.keyed() || !options.likeness().lite()) {
      shape.partitions(partitions, theirPartitions);
    }
    if (layout.equals(Layout.of(theirs.getSchema())) && canBeRead(differences)) {
      source.awaitLoaded(options.loadWithin());
      target.awaitLoaded(options.loadWithin());
      List<List<String>> groups =
          layout.keyed()
              ? List.of(List.of())
              : partitions.stream().filter(theirPartitions::contains).map(List::of).toList();
      rows(
          new RowComparison(layout, options.pageRows(), differences, options.likeness()),
          layout,
          groups,
          tally);
    }
  }

  private boolean canBeRead(Differences differences) {
    boolean ours = source.prepare(options.reloadSource(), options.load());
    boolean theirs = target.prepare(options.reloadTarget(), options.load());
    if (!ours || !theirs) {
      differences.add(
          place.toString(),
          "its rows were not compared: it is %s. Load it, or let the comparison load it."
              .formatted(
                  ours
                      ? "not loaded on the target"
                      : theirs ? "not loaded on the source" : "loaded on neither side"));
    }
    return ours && theirs;
  }

  private void rows(
      RowComparison comparison, Layout layout, List<List<String>> groups, Tally tally) {
    ReadAt ours = source.readAt();
    ReadAt theirs = target.readAt();
    for (List<String> group : groups) {
      String where = group.isEmpty() ? place.toString() : place + "/" + group.get(0);
      Rows rows =
          comparison.rows(
              where,
              comparison.cursor(source.collection(), group, ours),
              comparison.cursor(target.collection(), group, theirs));
      Rows counts =
          new Rows(
              options.likeness().exact()
                  ? source.collection().count(group, ours)
                  // Rows that share a key are one row there.
                  : rows.source(),
              // If all rows are counted, a Milvus Lite counts all partitions, regardless of the
              // given names.
              options.likeness().lite()
                  ? target.collection().count(layout.anyKey(), group, theirs)
                  : target.collection().count(group, theirs));
      comparison.counts(where, counts);
      tally.add(rows, counts);
    }
    if (!options.likeness().exact()) {
      return;
    }
    for (Key key : comparison.partitionKeys()) {
      comparison.counts(
          "%s with %s = %s".formatted(place, layout.partitionKey(), key),
          new Rows(
              withPartitionKey(key, source.collection(), layout, ours),
              withPartitionKey(key, target.collection(), layout, theirs)));
    }
  }

  private static long withPartitionKey(Key key, CollectionReader side, Layout layout, ReadAt at) {
    return side.count(side.dialect().in(layout.partitionKey(), List.of(key)), List.of(), at);
  }

  /** Sums up the partitions. */
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
          place.database(),
          place.collection(),
          partitions,
          rows.source(),
          rows.target(),
          counts.source(),
          counts.target(),
          differences.list(place.toString()));
    }
  }
}
