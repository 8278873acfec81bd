package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Reading;
import io.milvus.cdc.sources.ExistingRows.Span;
import io.milvus.cdc.sources.Scratch;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.sources.milvus.MilvusSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;

/** Measures reading the stored rows of one database, without a target, on one thread. */
final class ReadingAlone {
  /** The first rounds compile code. */
  private static final int ROUNDS = 4;

  /** As much as an engine grants in a heap of 256 MB. */
  private static final long MEMORY = 32L << 20;

  private static final long POLL_MILLIS = 100;
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1e6;
  private static final double MILLION = 1e6;

  private final Addresses addresses;
  private final String database;
  private final Settings settings;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  ReadingAlone(Addresses addresses, String database, Settings settings) {
    this.addresses = addresses;
    this.database = database;
    this.settings = settings;
  }

  /** Holds the rows that were read, and the CPU time of the thread. */
  private record Cost(long rows, double seconds) {}

  /** Waits until the source has stored all rows, and reads them repeatedly. */
  void measure(Results results) throws InterruptedException {
    try (SourceSession session = source().open("reading-alone")) {
      List<CollectionEntry> wanted = wanted(session.sync());
      Path scratch = settings.output().resolve("scratch");
      try (ExistingRows rows = session.existing(new Scratch(MEMORY, scratch)).orElseThrow()) {
        long cut = awaitStored(rows, wanted);
        Cost cost = new Cost(0, 0);
        for (int round = 0; round < ROUNDS; round++) {
          cost = read(rows, new Span(0, cut, cut), wanted);
        }
        double megabytes = cost.rows() * (double) settings.dimension() * Float.BYTES / MEGABYTE;
        results.add("j", "rows that are stored", (double) cost.rows(), "");
        results.add("j", "reading alone, vectors a core", megabytes / cost.seconds(), "MB/s");
        results.add(
            "j",
            "CPU from files to messages for a million rows",
            cost.seconds() / cost.rows() * MILLION,
            "s");
      }
    }
  }

  private ChangeSource source() {
    Addresses.Instance source = addresses.source();
    MilvusSource.Builder builder =
        MilvusSource.builder()
            .etcd(addresses.etcd())
            .rootPath(source.rootPath())
            .channelPrefix(source.channelPrefix())
            .storage(StorageEndpoint.directory(source.storage()))
            .api(source.uri());
    return addresses.kafka().isEmpty()
        ? builder.pulsar(addresses.pulsar()).build()
        : builder.kafka(addresses.kafka()).build();
  }

  private List<CollectionEntry> wanted(Catalog catalog) {
    return catalog.collections().values().stream()
        .filter(one -> !one.dropped())
        .filter(
            one -> {
              var home = catalog.databases().get(one.databaseId());
              return home != null && home.name().equals(database);
            })
        .toList();
  }

  private static long awaitStored(ExistingRows rows, List<CollectionEntry> wanted)
      throws InterruptedException {
    long cut = rows.cut();
    while (!rows.hasPassed(cut)) {
      Thread.sleep(POLL_MILLIS);
    }
    rows.flush(wanted);
    while (!rows.behind(cut, wanted).isEmpty()) {
      Thread.sleep(POLL_MILLIS);
    }
    return cut;
  }

  private Cost read(ExistingRows rows, Span span, List<CollectionEntry> wanted)
      throws InterruptedException {
    long cpu = threads.getCurrentThreadCpuTime();
    long count = 0;
    long bytes = 0;
    try (Reading reading = rows.read(span, wanted)) {
      for (Batch batch = reading.next(); batch != null; batch = reading.next()) {
        for (Insert insert : batch.rows()) {
          count += insert.header().rows();
          bytes += insert.payload().bytes().length;
        }
      }
    }
    if (bytes < count) {
      throw new IllegalStateException("%d rows have %d bytes".formatted(count, bytes));
    }
    return new Cost(count, (threads.getCurrentThreadCpuTime() - cpu) / NANOS);
  }
}
