package io.milvus.cdc.internal.engine;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ExistingRows.Amount;
import io.milvus.cdc.sources.ExistingRows.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Finds reasons for which a copy of existing rows would wait, fail or take very long. */
record CopyPreflight(ExistingRows existing, StartFrom.Existing settings, Path spillDirectory) {
  /** A busy channel of Milvus 2.3.5 is stored within a dozen minutes. */
  private static final Duration STUCK = Duration.ofMinutes(30);

  /** A queue usually retains messages for some days. */
  private static final Duration LONG = Duration.ofDays(1);

  private static final long SPACE = 5L << 30;

  Findings inspect(Collection<CollectionEntry> collections) throws InterruptedException {
    Findings findings = new Findings();
    findings.attempt(
        () -> {
          long now = existing.cut();
          findings.attempt(() -> inspectChannels(findings, collections, now));
          findings.attempt(() -> inspectRows(findings, collections, now));
        });
    return findings;
  }

  private void inspectChannels(Findings findings, Collection<CollectionEntry> collections, long now)
      throws InterruptedException {
    Map<String, Long> behind = existing.behind(now, collections);
    for (CollectionEntry collection : collections) {
      for (String channel : collection.shards()) {
        long stored = Math.max(behind.getOrDefault(channel, now), collection.createdAt());
        Duration age = Duration.ofMillis(Timestamps.millis(now) - Timestamps.millis(stored));
        if (age.compareTo(STUCK) > 0 && !settings.flushing()) {
          findings.add(
              Finding.warning(
                  "The source has stored channel %s of collection %s only up to %s, %d min ago."
                      .formatted(
                          channel, collection.name(), Timestamps.instant(stored), age.toMinutes()),
                  "Let the task flush the source first, or check the source's data nodes."));
        }
      }
    }
  }

  private void inspectRows(Findings findings, Collection<CollectionEntry> collections, long now)
      throws InterruptedException {
    Amount all = existing.amount(new Span(0, now, now), collections);
    long limit = settings.bytesPerSecond();
    if (limit > 0 && all.bytes() / limit > LONG.toSeconds()) {
      findings.add(
          Finding.warning(
              "The copy of %d bytes needs about %d h at %d bytes per second."
                  .formatted(all.bytes(), all.bytes() / limit / 3600, limit),
              "Raise the limit, or check that the source's queue retains messages for that long."));
    }
    long free = freeSpace();
    if (free < Math.min(SPACE, all.bytes())) {
      findings.add(
          Finding.warning(
              "The spill directory %s has %d bytes of free space, and a copy may need %d."
                  .formatted(spillDirectory, free, Math.min(SPACE, all.bytes())),
              "Free space, or set another spill directory."));
    }
  }

  private long freeSpace() {
    try {
      Path there = spillDirectory.toAbsolutePath();
      while (there != null && !Files.exists(there)) {
        there = there.getParent();
      }
      return there == null ? 0 : Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
