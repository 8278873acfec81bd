package io.milvus.cdc.examples.e2e.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.workload.MixedWorkload;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import io.milvus.cdc.examples.testbed.workload.Schemas;
import io.milvus.cdc.examples.testbed.workload.Shape;
import io.milvus.cdc.internal.client.MilvusException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A source with rows of all kinds before a task starts. Database {@code rows} has what every kind
 * of target can hold; a workload writes to it, pauses and continues. Database {@code others} has
 * binary vectors, a collection that was filled by an import, and {@link
 * io.milvus.cdc.examples.e2e.bench.Masked} people.
 */
final class FilledSource implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(15);
  private static final Duration SOON = Duration.ofMinutes(2);

  private static final List<Shape> SHAPES = shapes(8);

  private static final String COMPACTED = "scalars";

  private final MilvusClient milvus;
  private final String rows;
  private final String others;
  private final RunningWorkload changing;
  private final RunningWorkload binary;
  private final Table people;
  private final Table wanted;

  private FilledSource(Bench bench, long seed, int batch) {
    milvus = bench.sourceClient();
    rows = bench.database("rows");
    others = bench.database("others");
    Predicate<Shape> bits = shape -> shape.name().equals("binary");
    people = Table.create(milvus, others, "people", 2, true);
    wanted = Table.create(milvus, others, "wanted", 2, true);
    changing = begin(bits.negate(), rows, seed, batch, Duration.ofSeconds(1));
    binary = begin(bits, others, seed + 1, batch, Duration.ZERO);
    milvus.collection(rows, COMPACTED).serving().createFlatIndex("vector", false);
  }

  /**
   * Returns kinds of collections that a flush divides into few segments. Query nodes load hundreds
   * of them for minutes.
   */
  static List<Shape> shapes(int dimension) {
    return Schemas.all(dimension).stream()
        .filter(shape -> !shape.name().equals("keyed_number"))
        .map(FilledSource::withFewPartitions)
        .toList();
  }

  private static Shape withFewPartitions(Shape shape) {
    return isKeyed(shape)
        ? new Shape(shape.schema(), shape.shards(), shape.consistency(), Map.of(), 3, List.of())
        : shape;
  }

  /** Returns whether a partition key chooses the partitions. */
  static boolean isKeyed(Shape shape) {
    return shape.name().startsWith("keyed");
  }

  private RunningWorkload begin(
      Predicate<Shape> kinds, String database, long seed, int batch, Duration betweenChanges) {
    return MixedWorkload.on(milvus)
        .databases(database)
        .shapes(SHAPES.stream().filter(kinds).toList())
        .manyDeletes()
        .threads(betweenChanges.isZero() ? 1 : 2)
        .batch(batch)
        .betweenChanges(betweenChanges)
        .seed(seed)
        .start();
  }

  /** Creates the databases and begins to write as fast as the source can. */
  static FilledSource begin(Bench bench, long seed, int batch) {
    return new FilledSource(bench, seed, batch);
  }

  String rows() {
    return rows;
  }

  String others() {
    return others;
  }

  /** Writes until so many rows were written, of which many are deleted or replaced, and pauses. */
  void fill(long count, Path imported) throws Exception {
    changing.awaitRows(count - count / 10, LONG);
    changing.pause();
    binary.awaitRows(count / 10, LONG);
    binary.pause();
    long first = people(0, Math.max(500, (int) (count / 100)));
    people.delete(first, first + 100);
    wanted.delete(first, first + 100);
    bulkInsert(imported);
  }

  /** Writes rows that are wanted, and others that are not. Returns the first key. */
  private long people(long first, int count) {
    people.insertLonger(first, first + count, "keep");
    wanted.insertMasked(first, first + count, "keep");
    people.insertLonger(first + count, first + 2L * count, "drop");
    return first;
  }

  private void bulkInsert(Path directory) throws Exception {
    Table books = Table.create(milvus, others, "imported", 1);
    StringBuilder lines = new StringBuilder();
    for (int key = 0; key < 1_000; key++) {
      String line = "%s{\"pk\":%d,\"note\":\"book %d\",\"v\":[1,2,3,%d]}";
      lines.append(line.formatted(key == 0 ? "" : ",", key, key, key));
    }
    Path file = Files.createDirectories(directory.resolve("in")).resolve("books.json");
    Files.writeString(file, "{\"rows\":[%s]}".formatted(lines));
    books.collection().bulkInsert(file.toString());
    books.delete(0, 100);
    books.collection().serving().createFlatIndex("v", false);
    books.collection().serving().startLoad();
  }

  /** Has everything flushed that is not dropped meanwhile. */
  void flush() {
    for (MilvusCollection each : collections().toList()) {
      try {
        each.flush();
      } catch (MilvusException e) {
        assertThat(milvus.collections(each.database())).doesNotContain(each.name());
      }
    }
  }

  /** Compacts one collection, which must have indexed segments for that. */
  void compact() {
    MilvusCollection compacted = milvus.collection(rows, COMPACTED);
    await().atMost(SOON).until(() -> compacted.compact() > 0);
  }

  private Stream<MilvusCollection> collections() {
    return Stream.of(rows, others)
        .flatMap(
            database ->
                milvus.collections(database).stream()
                    .map(name -> milvus.collection(database, name)));
  }

  /** Writes more rows, which are not flushed unless a task asks for it, and pauses. */
  void grow(long count) throws Exception {
    long sum = changing.written().rows() + count;
    changing.resume(0);
    binary.resume(0);
    changing.awaitRows(sum, LONG);
    changing.pause();
    binary.pause();
    people(100_000, 200);
  }

  /** Continues to write at this rate. */
  void resume(double rowsPerSecond) {
    changing.resume(rowsPerSecond);
    binary.resume(rowsPerSecond / 10);
    people(200_000, 200);
    people.delete(100, 200);
    wanted.delete(100, 200);
  }

  /** Ends all writing, once collections were renamed and dropped, which happens by chance. */
  void stop() throws Exception {
    await()
        .atMost(SOON)
        .until(
            () -> changing.written().renames() > 0 && changing.written().collectionsDropped() > 0);
    changing.stop();
    binary.stop();
    System.out.printf("%s, %s%n", changing, binary);
  }

  @Override
  public void close() {
    List.of(changing, binary).forEach(RunningWorkload::close);
  }
}
