package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ChannelReader;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Scratch;
import io.milvus.cdc.sources.SourceSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntBiFunction;

/** Reads a source in memory for one task. */
final class InMemorySession implements SourceSession {
  private final SourceLog log;
  private final ToIntBiFunction<String, ReadFrom> beginning;
  private Runnable listener = () -> {};

  InMemorySession(SourceLog log, ToIntBiFunction<String, ReadFrom> beginning) {
    this.log = log;
    this.beginning = beginning;
  }

  @Override
  public Catalog sync() {
    return log.catalog();
  }

  @Override
  public void onCatalogChange(Runnable wake) {
    log.unlisten(listener);
    listener = wake;
    log.listen(wake);
  }

  @Override
  public List<String> channels() {
    return log.channels();
  }

  @Override
  public Optional<ExistingRows> existing(Scratch scratch) {
    return Optional.of(new InMemoryExistingRows(log));
  }

  @Override
  public List<Finding> lost(Map<String, ReadFrom> beginnings) {
    return beginnings.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof ReadFrom.Earliest)
        .filter(entry -> log.first(entry.getKey()) > 0)
        .map(entry -> lost(entry.getKey()))
        .toList();
  }

  private static Finding lost(String channel) {
    return Finding.blocking(
        "Channel %s has forgotten its first messages.".formatted(channel),
        "Start from the existing rows.");
  }

  private void requireHeld(String channel, ReadFrom from, int first) {
    if (first < log.first(channel)) {
      throw new PositionExpiredException(
          "Channel %s has forgotten message %d, from which %s reads."
              .formatted(channel, first, from),
          "Start from the existing rows. If the task exists, resync everything.");
    }
  }

  @Override
  public ChannelReader read(String channel, ReadFrom from) {
    int first = beginning.applyAsInt(channel, from);
    requireHeld(channel, from, first);
    return new InMemoryReader(log, channel, first);
  }

  @Override
  public void close() {
    log.unlisten(listener);
  }
}
