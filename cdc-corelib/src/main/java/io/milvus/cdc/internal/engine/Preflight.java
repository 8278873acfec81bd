package io.milvus.cdc.internal.engine;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Finds problems that would prevent an engine, or one task, from replicating. Changes nothing. */
public final class Preflight {
  private final EngineSettings settings;

  Preflight(EngineSettings settings) {
    this.settings = settings;
  }

  /** Checks a source and its targets, and compares each target with the source. */
  public static List<Finding> of(ChangeSource source, Collection<ChangeTarget> targets)
      throws InterruptedException {
    Findings findings = new Findings();
    Inspection from = source.check();
    findings.addAll(from.findings());
    for (ChangeTarget target : targets) {
      Optional<Finding> own = ownTopic(source, target);
      own.ifPresent(findings::add);
      // A request to the target might create the topic.
      if (own.isEmpty()) {
        Inspection to = target.check();
        findings.addAll(to.findings());
        findings.addAll(new SideBySide(from, to, target).findings());
      }
    }
    return findings.all();
  }

  /**
   * Checks everything that a task needs.
   *
   * @param overlap returns a finding if the task would conflict with another task
   * @param present the tasks of the engine
   */
  List<Finding> check(
      TaskSpec spec, Supplier<Optional<Finding>> overlap, Collection<String> present)
      throws InterruptedException {
    Findings findings = new Findings();
    ChangeTarget target = settings.targets().get(spec.target());
    findings.addAll(of(settings.source(), target == null ? List.of() : List.of(target)));
    if (!findings.blocking()) {
      findings.attempt(() -> findings.addAll(leftovers(settings, present)));
    }
    unknownTarget(settings, spec).ifPresent(findings::add);
    unreadableRows(settings, spec).ifPresent(findings::add);
    overlap.get().ifPresent(findings::add);
    findings.addAll(new TaskPreflight(settings, spec, target, findings.blocking()).findings());
    return findings.all();
  }

  /**
   * Returns the messages that the source retains for tasks that are neither present nor in the
   * store. If the source cannot report this, the result is empty, because leftovers do not prevent
   * a task from starting.
   */
  public static List<Finding> leftovers(EngineSettings settings, Collection<String> present) {
    try {
      return Leftovers.find(settings.source(), settings.checkpoints(), present);
    } catch (RetriableException e) {
      return List.of();
    }
  }

  /**
   * Finds a topic of the source to which the target would write. Only names are compared, because
   * two addresses may lead to the same queue.
   */
  private static Optional<Finding> ownTopic(ChangeSource source, ChangeTarget target) {
    return target.topics().stream()
        .filter(source::owns)
        .findFirst()
        .map(
            topic ->
                Finding.blocking(
                    "%s would write to '%s', a name that Milvus uses for its own topics."
                        .formatted(target, topic),
                    "Set another topic for the target. Events there would damage the source, or"
                        + " another Milvus."));
  }

  static Optional<Finding> ownTopic(EngineSettings settings, TaskSpec spec) {
    return Optional.ofNullable(settings.targets().get(spec.target()))
        .flatMap(target -> ownTopic(settings.source(), target));
  }

  /** Finds a task that starts from existing rows which its source cannot read. */
  static Optional<Finding> unreadableRows(EngineSettings settings, TaskSpec spec) {
    if (!(spec.startFrom() instanceof StartFrom.Existing start)) {
      return Optional.empty();
    }
    if (!settings.source().readsExistingRows()) {
      return Optional.of(CopyConnector.cannotRead(spec).as(Finding::blocking));
    }
    return start.flushing() && !settings.source().canFlush()
        ? Optional.of(
            Finding.blocking(
                "Task '%s' asks its source to flush, and no api of the source is set."
                    .formatted(spec.id()),
                "Set the source's api, such as http://milvus:19530, or start without a flush."))
        : Optional.empty();
  }

  static Optional<Finding> unknownTarget(EngineSettings settings, TaskSpec spec) {
    return settings.targets().containsKey(spec.target())
        ? Optional.empty()
        : Optional.of(
            Finding.blocking(
                "Task '%s' is for target '%s', which the engine does not have."
                    .formatted(spec.id(), spec.target()),
                "Use one of %s, or add a target '%s' to the engine."
                    .formatted(new TreeSet<>(settings.targets().keySet()), spec.target())));
  }
}
