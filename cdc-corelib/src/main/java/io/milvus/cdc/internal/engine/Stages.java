package io.milvus.cdc.internal.engine;

import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.Scope;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.targets.TargetSession;
import java.util.function.Consumer;

/** Holds the stages between a task's source and its target, for one connected stretch. */
record Stages(CatalogSync catalog, Watermark watermark, RowDelivery rows, ChangeDelivery changes) {
  /**
   * Names the parts through which changes arrive.
   *
   * @param reading accepts every channel that must be read, repeatedly
   */
  record Inflow(
      CatalogFeed catalog, TickMerger merger, ChannelThreads readers, Consumer<String> reading) {}

  /** Names the parts through which changes leave. */
  record Outflow(TargetSession target, AppliedCatalog applied, Scope scope, Follower followers) {}

  /**
   * Names the receiver of milestones, and the bounds of reservations: see {@link
   * Watermark#Watermark}.
   */
  record Bounds(Milestones milestones, long lookaheadMillis, long limit) {}

  static Stages of(
      TaskParts parts,
      LastResort lastResort,
      Inflow in,
      Outflow out,
      CheckpointKeeper keeper,
      Bounds bounds) {
    TaskStart begin = parts.begin();
    CatalogSync catalog =
        new CatalogSync(
            in.catalog(),
            out.target(),
            in.merger(),
            in.reading(),
            out.applied(),
            out.scope(),
            parts.report(),
            out.followers(),
            begin.fromTheBeginning(),
            parts.spec().names());
    TransformStage stage =
        new TransformStage(parts.spec().transform(), catalog, lastResort, parts.report());
    Watermark watermark =
        new Watermark(
            out.target(),
            in.merger(),
            in.readers(),
            keeper,
            bounds.milestones(),
            bounds.lookaheadMillis(),
            bounds.limit(),
            parts.settings().time());
    return new Stages(
        catalog,
        watermark,
        new RowDelivery(out.target(), stage, watermark, parts.report()),
        new ChangeDelivery(out.target(), catalog, stage, watermark, parts.report()));
  }
}
