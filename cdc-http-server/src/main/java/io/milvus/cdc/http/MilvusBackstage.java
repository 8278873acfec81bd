package io.milvus.cdc.http;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcListener;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.task.Backstage;
import io.milvus.cdc.http.task.TargetSpec;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.Claim;
import io.milvus.cdc.store.Store;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs one engine, which reads the source of the configuration. */
final class MilvusBackstage implements Backstage {
  private final MilvusSource source;
  private final Store checkpoints;
  private final CdcEngine engine;

  private MilvusBackstage(MilvusSource source, Store checkpoints, CdcEngine engine) {
    this.source = source;
    this.checkpoints = checkpoints;
    this.engine = engine;
  }

  /**
   * Creates the engine without contacting any other system. A server therefore starts even if its
   * source or a target is unreachable.
   */
  static MilvusBackstage start(ServerConfig config, Store checkpoints, CdcListener listener) {
    CdcEngine.Builder builder =
        CdcEngine.builder().source(config.source()).checkpoints(checkpoints).listener(listener);
    config.targets().forEach((name, address) -> builder.target(name, address.target()));
    if (config.memoryBudget() > 0) {
      builder.memoryBudget(config.memoryBudget());
    }
    return new MilvusBackstage(config.source(), checkpoints, builder.startWithoutChecks());
  }

  @Override
  public CdcEngine engine() {
    return engine;
  }

  @Override
  public ChangeTarget target(TargetSpec address) {
    return address.target();
  }

  @Override
  public void forget(String task) {
    source.forget(task);
    try (Claim claim = checkpoints.claim(task)) {
      claim.delete();
    }
  }

  @Override
  public StartFrom.At startAfter(Map<String, String> positions) {
    return source.startAfter(positions);
  }

  @Override
  public String messagePosition(String channel, Position position, HybridTime timestamp) {
    return source.messagePosition(channel, position, timestamp);
  }

  @Override
  public Set<String> databases() {
    return source.databases();
  }

  @Override
  public List<Finding> checkSource() throws InterruptedException {
    return source.check().findings();
  }

  @Override
  public void close() {
    engine.close();
  }
}
