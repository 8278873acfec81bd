package io.milvus.cdc.internal.engine;

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

/** Finds what would keep an engine, or one task, from replicating. Changes nothing. */
public final class Preflight {
  private final EngineSettings settings;

  Preflight(EngineSettings settings) {
    this.settings = settings;
  }

  /** Looks at a source and its targets, and at each target beside the source. */
  public static List<Finding> of(ChangeSource source, Collection<ChangeTarget> targets)
      throws InterruptedException {
    Findings findings = new Findings();
    Inspection from = source.check();
    findings.addAll(from.findings());
    for (ChangeTarget target : targets) {
      Optional<Finding> own = ownTopic(source, target);
      own.ifPresent(findings::add);
      // Asking the target might make the topic.
      if (own.isEmpty()) {
        Inspection to = target.check();
        findings.addAll(to.findings());
        findings.addAll(new SideBySide(from, to, target).findings());
      }
    }
    return findings.all();
  }

  /**
   * Looks at all that a task needs.
   *
   * @param overlap tells of a task that it would meet
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
    overlap.get().ifPresent(findings::add);
    findings.addAll(new TaskPreflight(settings, spec, target, findings.blocking()).findings());
    return findings.all();
  }

  /**
   * Returns what the source keeps for tasks that are neither present nor in the store. A source
   * that does not say what it keeps hides nothing that would keep a task from starting.
   */
  public static List<Finding> leftovers(EngineSettings settings, Collection<String> present) {
    try {
      return Leftovers.find(settings.source(), settings.checkpoints(), present);
    } catch (RetriableException e) {
      return List.of();
    }
  }

  /**
   * A topic of the source's own, to which the target would write. Names decide: whether two
   * addresses lead to one queue cannot be told for sure.
   */
  private static Optional<Finding> ownTopic(ChangeSource source, ChangeTarget target) {
    return target.topics().stream()
        .filter(source::owns)
        .findFirst()
        .map(
            topic ->
                Finding.blocking(
                    "%s would write to '%s', which Milvus gives to topics of its own."
                        .formatted(target, topic),
                    "Events there would damage the source, or another Milvus. Give the target"
                        + " another topic."));
  }

  static Optional<Finding> ownTopic(EngineSettings settings, TaskSpec spec) {
    return Optional.ofNullable(settings.targets().get(spec.target()))
        .flatMap(target -> ownTopic(settings.source(), target));
  }

  static Optional<Finding> unknownTarget(EngineSettings settings, TaskSpec spec) {
    return settings.targets().containsKey(spec.target())
        ? Optional.empty()
        : Optional.of(
            Finding.blocking(
                "Task '%s' is for target '%s', which the engine does not have."
                    .formatted(spec.id(), spec.target()),
                "It has %s. Name one of these, or give the engine a target '%s'."
                    .formatted(new TreeSet<>(settings.targets().keySet()), spec.target())));
  }
}
