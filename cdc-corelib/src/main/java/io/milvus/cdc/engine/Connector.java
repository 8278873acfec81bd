package io.milvus.cdc.engine;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.checkpoint.Checkpoint;
import io.milvus.cdc.checkpoint.CheckpointClaim;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.order.AppliedCatalog;
import io.milvus.cdc.order.Scope;
import io.milvus.cdc.order.TickMerger;
import io.milvus.cdc.source.ReadFrom;
import io.milvus.cdc.source.SourceSession;
import io.milvus.cdc.target.ChangeTarget;
import io.milvus.cdc.target.TargetSession;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a {@link Replication} together from a task's checkpoint, or undoes what it had put together.
 */
final class Connector {
  private final EngineSettings settings;
  private final TaskSpec spec;
  private final ChangeTarget target;
  private final CheckpointClaim claim;
  private final TaskReport report;
  private final ChannelGroups groups;

  Connector(
      EngineSettings settings,
      TaskSpec spec,
      ChangeTarget target,
      CheckpointClaim claim,
      TaskReport report,
      ChannelGroups groups) {
    this.settings = settings;
    this.groups = groups;
    this.spec = spec;
    this.target = target;
    this.claim = claim;
    this.report = report;
  }

  /** Connects. What was opened before a failure is closed. */
  Replication connect() throws InterruptedException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    boolean done = false;
    try {
      Replication replication = connect(opened);
      done = true;
      return replication;
    } finally {
      if (!done) {
        Closing.all(opened);
      }
    }
  }

  private Replication connect(Deque<AutoCloseable> opened) throws InterruptedException {
    Optional<Checkpoint> stored = claim.load();
    SourceSession source = settings.source().open(spec.id());
    opened.push(source);
    Catalog known = source.sync();
    Checkpoint start = stored.orElseGet(() -> beginning(Scope.newestName(known)));
    TickMerger merger =
        new TickMerger(
            source.channels(),
            start.watermark(),
            settings.memoryBudget(),
            settings.spillDirectory());
    opened.push(merger);
    ChannelThreads readers = new ChannelThreads(merger, settings.threads(), groups, spec.id());
    opened.push(readers);
    for (String channel : source.channels()) {
      ReadFrom from = stored.isPresent() ? goOn(start.positions(), channel) : begin(channel);
      readers.start(channel, () -> source.read(channel, from));
    }
    TargetSession session =
        MappedSession.of(target.open(start.target(), start.ceiling()), spec.names());
    opened.push(session);
    AppliedCatalog applied = new AppliedCatalog(start.applied());
    CheckpointKeeper keeper =
        new CheckpointKeeper(claim, settings.time(), start, applied::catalog, session::memento);
    readers.awaitOpen();
    if (stored.isEmpty()) {
      // From here on the task has begun: its subscriptions hold what it needs.
      keeper.save(start.watermark(), start.reserved(), start.ceiling(), Map.of(), 0);
    }
    ServingSync serving =
        new ServingSync(session, source.tellsProperties(), report, settings.time());
    CatalogSync catalog =
        new CatalogSync(
            source,
            session,
            merger,
            channel -> readers.start(channel, () -> source.read(channel, new ReadFrom.Continue())),
            applied,
            scope(start.scopedAt()),
            report,
            serving,
            spec.startFrom() instanceof StartFrom.Earliest);
    Replication replication =
        new Replication(
            source, session, merger, readers, catalog, serving, keeper, report, settings.time());
    replication.begin(start.intended());
    return replication;
  }

  private Checkpoint beginning(long scopedAt) {
    long watermark = spec.startFrom() instanceof StartFrom.At at ? at.watermark() : 0;
    return new Checkpoint(
        watermark,
        watermark,
        watermark,
        Map.of(),
        Catalog.EMPTY,
        0,
        "",
        Instant.EPOCH,
        scopedAt,
        null);
  }

  private static ReadFrom goOn(Map<String, Position> positions, String channel) {
    Position position = positions.get(channel);
    return position == null ? new ReadFrom.Continue() : new ReadFrom.Resume(position);
  }

  private ReadFrom begin(String channel) {
    if (spec.startFrom() instanceof StartFrom.Latest) {
      return new ReadFrom.Latest();
    }
    Position position =
        spec.startFrom() instanceof StartFrom.At at ? at.positions().get(channel) : null;
    return position == null ? new ReadFrom.Earliest() : new ReadFrom.At(position);
  }

  private Scope scope(long decidedAt) {
    return new Scope(
        database -> spec.selection().includes(database),
        (database, collection) -> spec.selection().includes(database, collection),
        decidedAt);
  }
}
