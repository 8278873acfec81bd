package io.milvus.cdc.internal.engine;

import io.milvus.cdc.ExistingStatus.Phase;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.sources.ChannelReader;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.TargetSession;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Creates an {@link ExistingCopy} from a task's checkpoint, or begins one. */
final class CopyConnector {
  /** Rows are copied for a transform and for the target while they are sent. */
  private static final int PARTS = 4;

  private final TaskParts parts;
  private final TaskStart begin;

  /** The cut that was chosen for the next copy, 0 if that copy has begun. */
  private long chosen;

  CopyConnector(TaskParts parts) {
    this.parts = parts;
    this.begin = parts.begin();
  }

  /**
   * Releases the messages that the source retains for a task, if the task must begin anew. They may
   * be lost, which would let every reader fail.
   */
  void forget(Optional<Checkpoint> stored) {
    CopyOrder order = stored.map(one -> one.copies().order()).orElse(null);
    if (order != null && order.whole() && order.cut() == 0) {
      parts.settings().source().forget(parts.spec().id());
    }
  }

  /**
   * Chooses the cut of a copy that has none, and stores it.
   *
   * @return the checkpoint to connect with; empty for a new task that copies nothing
   */
  Optional<Checkpoint> begin(SourceSession source, Optional<Checkpoint> stored)
      throws InterruptedException {
    if (stored.filter(CopyConnector::isMoot).isPresent()) {
      return Optional.of(cancel(stored.get()));
    }
    Checkpoint next = null;
    if (stored.isEmpty() && parts.spec().startFrom() instanceof StartFrom.Existing) {
      next = begin.beforeCopy(parts.settings().time().instant());
    } else if (stored.isPresent() && awaitsCut(stored.get())) {
      next = stored.get();
    }
    if (next == null) {
      return stored;
    }
    Checkpoint begun = withCut(source, next);
    parts.claim().save(begun);
    return Optional.of(begun);
  }

  /** Returns whether the source has dropped all collections of an order. */
  private static boolean isMoot(Checkpoint stored) {
    CopyOrder order = stored.copies().order();
    return order != null
        && !order.whole()
        && !order.emptied()
        && order.collections().stream().noneMatch(stored.applied().collections()::containsKey);
  }

  private Checkpoint cancel(Checkpoint stored) {
    CopyOrder order = Objects.requireNonNull(stored.copies().order());
    Checkpoint without = stored.ordered(null);
    parts.claim().save(without);
    parts.report().copying(Phase.DONE, order.cut());
    return without;
  }

  private static boolean awaitsCut(Checkpoint stored) {
    CopyOrder order = stored.copies().order();
    return order != null && order.cut() == 0;
  }

  /**
   * Chooses the cut. If everything is copied, it first retains the messages from now on. So every
   * message above the cut is retained.
   */
  private Checkpoint withCut(SourceSession source, Checkpoint stored) throws InterruptedException {
    CopyOrder order = Objects.requireNonNull(stored.copies().order());
    try (ExistingRows existing = open(source)) {
      if (order.whole()) {
        Map<String, Position> beginnings = beginnings(source);
        chosen = existing.cut();
        return stored.ordered(order.at(chosen), beginnings);
      }
      // The rows in doubt are replayed together, so the cut must not divide them.
      chosen = Math.max(existing.cut(), stored.reserved());
      return stored.ordered(order.at(chosen));
    }
  }

  private static Map<String, Position> beginnings(SourceSession source)
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
    return beginnings;
  }

  private ExistingRows open(SourceSession source) throws InterruptedException {
    return source
        .existing(parts.settings().scratch())
        .orElseThrow(() -> cannotRead(parts.spec()).as(ConfigException::new));
  }

  /** Returns the end of a replication before a copy, or none if no copy follows. */
  Goal goal(Checkpoint start, AppliedCatalog applied) {
    CopyOrder order = start.copies().order();
    if (order == null) {
      return Goal.NONE;
    }
    parts.report().copying(Phase.WAITING, order.cut());
    return new Goal(
        order.cut(),
        () -> order.collections().stream().allMatch(id -> applied.collection(id) == null));
  }

  /**
   * Connects.
   *
   * @param opened gets the parts that must be closed
   */
  ExistingCopy connect(SourceSession source, Checkpoint start, Deque<AutoCloseable> opened)
      throws InterruptedException {
    CopyOrder order = Objects.requireNonNull(start.copies().order());
    ExistingRows existing = open(source);
    opened.push(existing);
    LastResort lastResort = parts.lastResort();
    // No channel is read yet. The stages of a task expect a merger all the same.
    TickMerger merger = parts.merger(List.of(), start, lastResort);
    opened.push(merger);
    TargetSession target = parts.openTarget(start);
    opened.push(target);
    AppliedCatalog applied = new AppliedCatalog(start.applied());
    Stages.Outflow out =
        new Stages.Outflow(target, applied, begin.scope(start, order), new Followers(List.of()));
    Stages stages =
        Stages.of(
            parts,
            lastResort,
            new Stages.Inflow(
                new CopyCatalog(source, applied, order),
                merger,
                parts.readers(merger),
                channel -> {}),
            out,
            parts.keeper(start, out),
            new Stages.Bounds(Milestones.UNREPORTED, 0, order.cut()));
    stages.watermark().beginSession(start.intended());
    if (stages.catalog().begin(start.intended(), stages.watermark().value())) {
      stages.watermark().store();
    }
    boolean resumed = chosen != order.cut();
    chosen = 0;
    return new ExistingCopy(
        order,
        source,
        existing,
        out,
        stages,
        parts.report(),
        settingsOf(order),
        parts.settings().memoryBudget() / PARTS,
        resumed,
        List.copyOf(opened));
  }

  private StartFrom.Existing settingsOf(CopyOrder order) {
    StartFrom.Existing ordered = order.settings();
    if (ordered != null) {
      return ordered;
    }
    return parts.spec().startFrom() instanceof StartFrom.Existing existing
        ? existing
        : StartFrom.existing();
  }

  /** Explains that a source cannot read its storage. */
  static Explanation cannotRead(TaskSpec spec) {
    return new Explanation(
        "Task '%s' needs the rows that its source has stored, and the source cannot read them."
            .formatted(spec.id()),
        "Set the source's storage, or start from the earliest message.");
  }
}
