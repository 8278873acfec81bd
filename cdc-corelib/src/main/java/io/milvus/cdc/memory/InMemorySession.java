package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.sources.ChannelReader;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.SourceSession;
import java.util.List;
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
  public ChannelReader read(String channel, ReadFrom from) {
    return new InMemoryReader(log, channel, beginning.applyAsInt(channel, from));
  }

  @Override
  public void close() {
    log.unlisten(listener);
  }
}
