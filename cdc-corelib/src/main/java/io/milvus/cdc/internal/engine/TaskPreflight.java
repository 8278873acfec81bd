package io.milvus.cdc.internal.engine;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.order.SchemaPlan;
import io.milvus.cdc.internal.order.Scope;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.ChangeTarget;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds problems that would prevent one task from starting or resuming. */
final class TaskPreflight {
  private final EngineSettings settings;
  private final TaskSpec spec;
  private final TaskStart begin;
  private final @Nullable ChangeTarget target;
  private final boolean inTrouble;
  private final Findings findings = new Findings();

  /**
   * Creates the check of a task.
   *
   * @param inTrouble whether some part is known to be unreachable
   */
  TaskPreflight(
      EngineSettings settings, TaskSpec spec, @Nullable ChangeTarget target, boolean inTrouble) {
    this.settings = settings;
    this.spec = spec;
    this.begin = new TaskStart(spec);
    this.target = target;
    this.inTrouble = inTrouble;
  }

  List<Finding> findings() throws InterruptedException {
    findings.attempt(
        () -> {
          Optional<Checkpoint> stored = settings.checkpoints().read(spec.id());
          stored.flatMap(this::givenOver).ifPresent(findings::add);
          findings.attempt(() -> asking(() -> inspect(stored)));
        });
    return findings.all();
  }

  private Optional<Finding> givenOver(Checkpoint stored) {
    Instant at = stored.promotedAt();
    if (at == null) {
      return Optional.empty();
    }
    String what =
        stored.promoting()
            ? "Task '%s' is being promoted since %s."
            : "Task '%s' was promoted at %s: its target accepts client writes.";
    return Optional.of(
        Finding.blocking(
            what.formatted(spec.id(), at),
            "Demote the task first. Client writes stay on the target."));
  }

  /** Ignores repeated failures of a part that is known to be unreachable. */
  private void asking(Findings.Step step) throws InterruptedException {
    try {
      step.run();
    } catch (RetriableException e) {
      if (!inTrouble) {
        throw e;
      }
    }
  }

  private void inspect(Optional<Checkpoint> stored) throws InterruptedException {
    try (SourceSession source = settings.source().open(spec.id())) {
      Catalog catalog = source.sync();
      source.blindSpots().forEach(findings::add);
      findings.attempt(() -> asking(() -> inspectBeginnings(source, stored, catalog)));
      if (target != null) {
        findings.attempt(() -> asking(() -> inspectTarget(target, catalog, stored)));
      }
      if (stored.isEmpty() && spec.startFrom() instanceof StartFrom.Existing start) {
        findings.attempt(() -> asking(() -> inspectRows(source, catalog, start)));
      }
    }
  }

  private void inspectBeginnings(
      SourceSession source, Optional<Checkpoint> stored, Catalog catalog) {
    Map<String, ReadFrom> beginnings = new HashMap<>();
    for (String channel : source.channels()) {
      beginnings.put(channel, begin.reading(stored, channel, catalog));
    }
    findings.addAll(source.lost(beginnings));
  }

  private void inspectRows(SourceSession source, Catalog catalog, StartFrom.Existing start)
      throws InterruptedException {
    Scope scope = begin.scope(begin.checkpoint(catalog));
    List<CollectionEntry> wanted =
        catalog.collections().values().stream().filter(one -> scope.wants(catalog, one)).toList();
    // If there is none, the task's other findings say so.
    Optional<ExistingRows> opened = source.existing(settings.scratch());
    if (opened.isPresent()) {
      try (ExistingRows existing = opened.get()) {
        findings.addAll(
            new CopyPreflight(existing, start, settings.spillDirectory()).inspect(wanted).all());
      }
    }
  }

  private void inspectTarget(ChangeTarget asked, Catalog catalog, Optional<Checkpoint> stored)
      throws InterruptedException {
    Checkpoint start = stored.orElseGet(() -> begin.checkpoint(catalog));
    List<SchemaEvent.CreateCollection> wanted =
        SchemaPlan.between(start.applied(), catalog, begin.scope(start)).stream()
            .filter(SchemaEvent.CreateCollection.class::isInstance)
            .map(SchemaEvent.CreateCollection.class::cast)
            .map(creation -> NameTranslation.of(spec.names(), creation))
            .toList();
    findings.addAll(asked.check(wanted, begin.rowsOnTarget()));
  }
}
