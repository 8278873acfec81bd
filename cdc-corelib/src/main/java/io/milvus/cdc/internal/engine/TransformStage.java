package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.error.TransformException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.transform.EventTransform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the task's transform between the source's order and the target. Handles rows that the
 * transform or the target rejects.
 */
final class TransformStage {
  private final EventTransform transform;
  private final CatalogSync catalog;
  private final LastResort lastResort;
  private final TaskReport report;

  TransformStage(
      EventTransform transform, CatalogSync catalog, LastResort lastResort, TaskReport report) {
    this.transform = transform;
    this.catalog = catalog;
    this.lastResort = lastResort;
    this.report = report;
  }

  /** Returns whether there is a transform, which must receive changes and rows in their order. */
  boolean needsOrder() {
    return transform != EventTransform.none();
  }

  /** Returns the rows to send, without the rows on which the transform throws. */
  List<DataEvent> pass(List<DataEvent> events) {
    if (!needsOrder()) {
      return events;
    }
    Transformer transformer = new Transformer(transform);
    List<DataEvent> passed = new ArrayList<>();
    List<Failed> failed = new ArrayList<>();
    for (DataEvent event : events) {
      try {
        DataEvent after = apply(transformer, event);
        if (after != null) {
          passed.add(after);
        }
        int left = after == null ? 0 : after.header().rows();
        report.filtered(event.header().rows() - left);
      } catch (RuntimeException e) {
        failed.add(new Failed(event, name(event), "the task's transform threw " + e, e));
      }
    }
    lastResort.rows(failed, DeadLetter.Reason.TRANSFORM_FAILED);
    return passed;
  }

  private @Nullable DataEvent apply(Transformer transformer, DataEvent event) {
    CollectionEntry collection = catalog.collectionOf(event.header());
    return transformer.apply(event, catalog.databaseOf(collection).name(), collection);
  }

  /**
   * Handles the rows that the target has rejected.
   *
   * @param sent the rows in the form in which they were to be sent
   * @param before the same rows and more, as the source sent them
   * @return the rows that are on the target
   */
  List<DataEvent> without(List<Refused> refused, List<DataEvent> sent, List<DataEvent> before) {
    if (refused.isEmpty()) {
      return sent;
    }
    Map<String, DataEvent> originals = new HashMap<>();
    before.forEach(event -> originals.put(place(event), event));
    Set<String> gone = new HashSet<>();
    List<Failed> failed = new ArrayList<>();
    for (Refused one : refused) {
      DataEvent original = originals.getOrDefault(place(one.event()), one.event());
      gone.add(place(original));
      failed.add(new Failed(original, name(original), one.why(), null));
    }
    lastResort.rows(failed, DeadLetter.Reason.REFUSED);
    return sent.stream().filter(event -> !gone.contains(place(event))).toList();
  }

  private static String place(DataEvent event) {
    return event.header().channel() + "@" + event.position();
  }

  private String name(DataEvent event) {
    CollectionEntry collection = catalog.collectionOf(event.header());
    return catalog.databaseOf(collection).name() + "." + collection.name();
  }

  /** Passes a change of the catalog to the transform, before the change is applied. */
  void tell(SchemaEvent event) {
    try {
      transform.change(event);
    } catch (RuntimeException e) {
      throw new TransformException(
          "The task's transform threw at %s, which was not applied: %s.".formatted(event, e),
          "Resume to try it again.",
          e);
    }
  }
}
