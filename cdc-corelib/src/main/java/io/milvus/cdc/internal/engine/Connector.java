package io.milvus.cdc.internal.engine;

import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.Scope;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.TargetSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates the next {@link Stretch} from a task's checkpoint, or closes its parts after a failure.
 */
final class Connector {
  private final EngineSettings settings;
  private final TaskSpec spec;
  private final TaskStart begin;
  private final CheckpointClaim claim;
  private final TaskReport report;
  private final ChannelGroups groups;
  private final MissedImports imports;
  private final TargetOpening targets;
  private final CopyConnector copies;

  Connector(
      EngineSettings settings,
      TaskSpec spec,
      CheckpointClaim claim,
      TaskReport report,
      ChannelGroups groups) {
    this.settings = settings;
    this.groups = groups;
    this.spec = spec;
    this.begin = new TaskStart(spec);
    this.claim = claim;
    this.report = report;
    this.imports = new MissedImports(report);
    this.targets = new TargetOpening(settings, spec, claim);
    this.copies = new CopyConnector(settings, spec, claim, report, groups, targets);
  }

  /** Connects. If this fails, everything that was opened is closed. */
  Stretch connect() throws InterruptedException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    boolean done = false;
    try {
      Stretch stretch = connect(opened);
      done = true;
      return stretch;
    } finally {
      if (!done) {
        Closing.all(opened);
      }
    }
  }

  private Stretch connect(Deque<AutoCloseable> opened) throws InterruptedException {
    Optional<Checkpoint> stored = claim.load();
    SourceSession source = settings.source().open(spec.id());
    opened.push(source);
    Catalog known = source.sync();
    return begin.copies(stored)
        ? copies.connect(source, stored, opened)
        : replication(stored, source, known, opened);
  }

  private Replication replication(
      Optional<Checkpoint> stored, SourceSession source, Catalog known, Deque<AutoCloseable> opened)
      throws InterruptedException {
    Checkpoint start = stored.orElseGet(() -> begin.checkpoint(known));
    LastResort lastResort = new LastResort(spec, report, settings.time());
    TickMerger merger =
        new TickMerger(
            source.channels(),
            start.watermark(),
            settings.memoryBudget(),
            settings.spillDirectory(),
            lastResort::undecodable);
    opened.push(merger);
    ChannelThreads readers = new ChannelThreads(merger, settings.threads(), groups, spec.id());
    opened.push(readers);
    for (String channel : source.channels()) {
      ReadFrom from = begin.reading(stored, channel, known);
      readers.start(channel, () -> source.read(channel, from));
    }
    TargetSession target = targets.open(start);
    opened.push(target);
    AppliedCatalog applied = new AppliedCatalog(start.applied());
    CheckpointKeeper keeper =
        new CheckpointKeeper(claim, settings.time(), start, applied::catalog, target::sessionState);
    readers.awaitOpen();
    if (stored.isEmpty()) {
      // From here on the task has begun: its subscriptions retain the messages that it needs.
      keeper.save(
          start.watermark(), start.reserved(), start.ceiling(), readers.beginnings(), Set.of());
    }
    Scope scope = begin.scope(start);
    imports.countFrom(Math.max(begin.watermark(), start.cut()));
    Followers followers =
        new Followers(
            List.of(
                new Unreplicated(applied, scope, report),
                new ServingSync(target, source.tellsProperties(), report, settings.time()),
                new AccessSync(target, applied, accessScope(), report, settings.time()),
                new FlushSync(target, report, settings.time()),
                imports));
    CatalogSync catalog =
        new CatalogSync(
            CatalogFeed.present(source),
            target,
            merger,
            channel -> readers.start(channel, () -> source.read(channel, begin.unread(start))),
            applied,
            scope,
            report,
            followers,
            begin.fromTheBeginning(),
            spec.names());
    TransformStage stage = new TransformStage(spec.transform(), catalog, lastResort, report);
    Watermark watermark =
        new Watermark(
            target, merger, readers, keeper, report, Watermark.LOOKAHEAD_MILLIS, settings.time());
    Replication replication =
        new Replication(
            source,
            target,
            merger,
            readers,
            catalog,
            new RowDelivery(target, stage, watermark, report),
            new ChangeDelivery(target, catalog, stage, watermark, report),
            followers,
            watermark,
            report,
            settings.time());
    replication.begin(start.intended());
    return replication;
  }

  private @Nullable AccessScope accessScope() {
    return spec.access() ? new AccessScope(spec.selection(), spec.names()) : null;
  }
}
