package io.milvus.cdc.internal.engine;

import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.Scope;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.TargetSession;
import java.time.InstantSource;
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
  private final TaskParts parts;
  private final TaskStart begin;
  private final MissedImports imports;
  private final CopyConnector copies;

  Connector(TaskParts parts) {
    this.parts = parts;
    this.begin = parts.begin();
    this.imports = new MissedImports(parts.report(), parts.settings().source().readsExistingRows());
    this.copies = new CopyConnector(parts);
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
    Optional<Checkpoint> stored = parts.claim().load();
    copies.forget(stored);
    SourceSession source = parts.settings().source().open(parts.spec().id());
    opened.push(source);
    Catalog known = source.sync();
    stored = copies.begin(source, stored);
    return stored.isPresent() && stored.get().copiesNext()
        ? copies.connect(source, stored.get(), opened)
        : replication(stored, source, known, opened);
  }

  private Replication replication(
      Optional<Checkpoint> stored, SourceSession source, Catalog known, Deque<AutoCloseable> opened)
      throws InterruptedException {
    Checkpoint start = stored.orElseGet(() -> begin.checkpoint(known));
    LastResort lastResort = parts.lastResort();
    TickMerger merger = parts.merger(source.channels(), start, lastResort);
    opened.push(merger);
    ChannelThreads readers = parts.readers(merger);
    opened.push(readers);
    for (String channel : source.channels()) {
      ReadFrom from = begin.reading(stored, channel, known);
      readers.start(channel, () -> source.read(channel, from));
    }
    TargetSession target = parts.openTarget(start);
    opened.push(target);
    AppliedCatalog applied = new AppliedCatalog(start.applied());
    Scope scope = begin.scope(start);
    Followers followers = followers(start, source, target, applied, scope);
    Stages.Outflow out = new Stages.Outflow(target, applied, scope, followers);
    CheckpointKeeper keeper = parts.keeper(start, out);
    readers.awaitOpen();
    if (stored.isEmpty()) {
      // From here on the task has begun: its subscriptions retain the messages that it needs.
      keeper.save(
          start.watermark(), start.reserved(), start.ceiling(), readers.beginnings(), Set.of());
    }
    Goal goal = copies.goal(start, applied);
    Stages stages =
        Stages.of(
            parts,
            lastResort,
            new Stages.Inflow(
                CatalogFeed.present(source),
                merger,
                readers,
                channel -> readers.start(channel, () -> source.read(channel, begin.unread(start)))),
            out,
            keeper,
            new Stages.Bounds(parts.report(), Watermark.LOOKAHEAD_MILLIS, goal.cut()));
    Replication replication =
        new Replication(
            source,
            target,
            merger,
            readers,
            stages,
            followers,
            goal,
            parts.report(),
            parts.settings().time());
    replication.begin(start.intended());
    return replication;
  }

  private Followers followers(
      Checkpoint start,
      SourceSession source,
      TargetSession target,
      AppliedCatalog applied,
      Scope scope) {
    TaskReport report = parts.report();
    InstantSource time = parts.settings().time();
    imports.countFrom(begin.watermark(), start.copies());
    return new Followers(
        List.of(
            new Unreplicated(applied, scope, report),
            new ServingSync(target, source.tellsProperties(), report, time),
            new AccessSync(target, applied, accessScope(), report, time),
            new FlushSync(target, report, time),
            imports));
  }

  private @Nullable AccessScope accessScope() {
    TaskSpec spec = parts.spec();
    return spec.access() ? new AccessScope(spec.selection(), spec.names()) : null;
  }
}
