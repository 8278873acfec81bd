package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.TargetSession;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Applies changes of the catalog to the target so that a crash at any moment can be undone. For one
 * thread.
 */
final class ChangeDelivery {
  private final TargetSession target;
  private final CatalogSync catalog;
  private final TransformStage stage;
  private final Watermark watermark;
  private final TaskReport report;

  ChangeDelivery(
      TargetSession target,
      CatalogSync catalog,
      TransformStage stage,
      Watermark watermark,
      TaskReport report) {
    this.target = target;
    this.catalog = catalog;
    this.stage = stage;
    this.watermark = watermark;
    this.report = report;
  }

  /**
   * Applies a change whose turn has come.
   *
   * <p>A creation is listed in the checkpoint before it is applied. If a crash follows, and the
   * source drops the object meanwhile, the next life still knows the object to drop on the target.
   * A rename is listed first too, so that the next life knows both names to search for. The next
   * store records that the change was applied.
   */
  void apply(SchemaEvent event) throws InterruptedException {
    carryOut(event);
    if (event.timestamp() > watermark.value()) {
      watermark.pass(event.timestamp());
      watermark.doubtful().end();
    }
    applied(List.of(event));
  }

  /**
   * Applies a change before rows that may be older than it. Creations do not delay those rows, if
   * the target can create objects ahead.
   */
  void applyBeforeRows(SchemaEvent event) throws InterruptedException {
    if (event instanceof SchemaEvent.Creation creation && target.createsAhead()) {
      stage.tell(event);
      if (createAhead(List.of(creation))) {
        return;
      }
    }
    carryOut(event);
    applied(List.of(event));
  }

  private void carryOut(SchemaEvent event) throws InterruptedException {
    watermark.begin();
    stage.tell(event);
    if (event.listedFirst()) {
      catalog.list(event);
    }
    // A drop's own message and tick come after everything that was sent.
    long highest = Math.max(event.timestamp(), watermark.readableAt() + 1);
    watermark.store(highest, event.creates() == 0 ? Set.of() : Set.of(event.creates()));
    target.apply(event);
    if (!event.listedFirst()) {
      catalog.list(event);
    }
  }

  /**
   * Creates all objects whose names are free on the target, before their turn. No row can be in
   * them yet. Each is listed first, as in {@link #apply}.
   */
  void createEarly(BooleanSupplier stop) throws InterruptedException {
    while (!stop.getAsBoolean() && !watermark.inDoubt() && !stage.needsOrder()) {
      List<SchemaEvent.Creation> creations = catalog.early();
      if (creations.isEmpty()) {
        return;
      }
      boolean unused = createAhead(creations);
    }
  }

  /** Returns whether the target has created all of them. */
  private boolean createAhead(List<SchemaEvent.Creation> creations) throws InterruptedException {
    watermark.begin();
    catalog.listEarly(creations);
    watermark.store(
        watermark.readableAt(),
        creations.stream().map(SchemaEvent::creates).collect(Collectors.toSet()));
    List<SchemaEvent.Creation> created = target.createAhead(creations);
    catalog.hold(creations.stream().filter(event -> !created.contains(event)).toList());
    applied(created);
    return created.size() == creations.size();
  }

  private void applied(List<? extends SchemaEvent> events) {
    watermark.owe();
    events.forEach(event -> report.schemaApplied(event, watermark.value(), watermark.readableAt()));
    catalog.replan(watermark.value());
    watermark.end();
  }
}
