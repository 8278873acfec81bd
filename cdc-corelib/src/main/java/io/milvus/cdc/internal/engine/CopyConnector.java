package io.milvus.cdc.internal.engine;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.Scope;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.sources.ChannelReader;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Scratch;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.TargetSession;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Creates an {@link ExistingCopy} from a task's checkpoint, or begins one. */
final class CopyConnector {
  /** Rows are copied for a transform and for the target while they are sent. */
  private static final int PARTS = 4;

  private final EngineSettings settings;
  private final TaskSpec spec;
  private final CheckpointClaim claim;
  private final TaskReport report;
  private final ChannelGroups groups;
  private final TaskStart begin;
  private final TargetOpening targets;

  CopyConnector(
      EngineSettings settings,
      TaskSpec spec,
      CheckpointClaim claim,
      TaskReport report,
      ChannelGroups groups,
      TargetOpening targets) {
    this.settings = settings;
    this.spec = spec;
    this.claim = claim;
    this.report = report;
    this.groups = groups;
    this.begin = new TaskStart(spec);
    this.targets = targets;
  }

  /**
   * Connects.
   *
   * @param opened gets the parts that must be closed
   */
  ExistingCopy connect(
      SourceSession source, Optional<Checkpoint> stored, Deque<AutoCloseable> opened)
      throws InterruptedException {
    ExistingRows existing =
        source
            .existing(new Scratch(settings.memoryBudget() / 2, settings.spillDirectory()))
            .orElseThrow(() -> cannotRead(spec).as(ConfigException::new));
    opened.push(existing);
    Checkpoint start = stored.isPresent() ? stored.get() : begin(source, existing);
    LastResort lastResort = new LastResort(spec, report, settings.time());
    // No channel is read yet. The stages of a task expect a merger all the same.
    TickMerger merger =
        new TickMerger(
            List.of(),
            start.watermark(),
            settings.memoryBudget(),
            settings.spillDirectory(),
            lastResort::undecodable);
    opened.push(merger);
    ChannelThreads readers = new ChannelThreads(merger, settings.threads(), groups, spec.id());
    TargetSession target = targets.open(start);
    opened.push(target);
    AppliedCatalog applied = new AppliedCatalog(start.applied());
    CheckpointKeeper keeper =
        new CheckpointKeeper(claim, settings.time(), start, applied::catalog, target::sessionState);
    Scope scope = begin.scope(start);
    CatalogSync catalog =
        new CatalogSync(
            CatalogFeed.cut(source, start.cut()),
            target,
            merger,
            channel -> {},
            applied,
            scope,
            report,
            new Followers(List.of()),
            begin.fromTheBeginning(),
            spec.names());
    TransformStage stage = new TransformStage(spec.transform(), catalog, lastResort, report);
    Watermark watermark =
        new Watermark(target, merger, readers, keeper, Milestones.UNREPORTED, 0, settings.time());
    if (catalog.begin(start.intended(), watermark.value())) {
      watermark.store();
    }
    return new ExistingCopy(
        start.cut(),
        source,
        existing,
        target,
        catalog,
        applied,
        scope,
        new RowDelivery(target, stage, watermark, report),
        new ChangeDelivery(target, catalog, stage, watermark, report),
        watermark,
        report,
        spec.startFrom() instanceof StartFrom.Existing existingRows ? existingRows : null,
        settings.memoryBudget() / PARTS,
        stored.isPresent(),
        List.copyOf(opened));
  }

  /** Explains that a source cannot read its storage. */
  static Explanation cannotRead(TaskSpec spec) {
    return new Explanation(
        "Task '%s' starts from existing rows, and its source cannot read them."
            .formatted(spec.id()),
        "Set the source's storage, or start from the earliest message.");
  }

  /**
   * Retains the messages from now on, and then chooses the cut. So every message above the cut is
   * retained.
   */
  private Checkpoint begin(SourceSession source, ExistingRows existing)
      throws InterruptedException {
    Map<String, Position> beginnings = new TreeMap<>();
    for (String channel : source.channels()) {
      try (ChannelReader reader = source.read(channel, new ReadFrom.Latest())) {
        Position beginning = reader.beginning();
        if (beginning != null) {
          beginnings.put(channel, beginning);
        }
      }
    }
    Checkpoint start = begin.checkpoint(existing.cut(), beginnings, settings.time().instant());
    claim.save(start);
    return start;
  }
}
