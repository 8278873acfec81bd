package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sends rows to the target so that a crash at any moment can be undone: transform, reserve, send,
 * advance. For one thread.
 */
final class RowDelivery {
  private final TargetSession target;
  private final TransformStage stage;
  private final Watermark watermark;
  private final TaskReport report;

  RowDelivery(TargetSession target, TransformStage stage, Watermark watermark, TaskReport report) {
    this.target = target;
    this.stage = stage;
    this.watermark = watermark;
    this.report = report;
  }

  /** Rows that are on the target, and the time when they were ready to be sent. */
  record Delivered(List<DataEvent> events, long readySince) {}

  /**
   * Sends rows to the target and advances the watermark to {@code round.upTo}.
   *
   * @param before the positions that belong to the watermark before these rows
   * @param changeFollows whether a change of the catalog comes next, so that no tick is needed if
   *     there are no rows
   */
  Delivered deliver(Round round, Map<String, Position> before, boolean changeFollows)
      throws InterruptedException {
    Delivered delivered = deliverPart(round, before);
    watermark.doubtful().end();
    if (delivered.events().isEmpty() && changeFollows) {
      // A thousand creations in a row need no ticks between them.
      watermark.pass(round.upTo());
    } else {
      watermark.advance(round.upTo());
    }
    return delivered;
  }

  /**
   * Sends rows that {@link #deliver} completes later, with others of the same timestamps. Until
   * then all of them are in doubt, because the watermark stays.
   */
  Delivered deliverPart(Round round, Map<String, Position> before) throws InterruptedException {
    List<DataEvent> passed = stage.pass(round.events());
    long ready = System.nanoTime();
    if (!passed.isEmpty()) {
      List<Refused> refused = send(new Round(passed, round.upTo(), round.kind()), before);
      passed = stage.without(refused, passed, round.events());
    }
    return new Delivered(passed, ready);
  }

  private List<Refused> send(Round round, Map<String, Position> before)
      throws InterruptedException {
    try (Delivery delivery = target.prepare(round)) {
      watermark.reserve(round.upTo(), delivery.highestTimestamp(), before);
      List<Refused> refused = delivery.send();
      report.restamped(delivery.restamped());
      return refused;
    }
  }

  /** Reports rows that are on the target, once readers have room again. */
  void report(Delivered delivered) {
    report.applied(
        delivered.events(),
        watermark.value(),
        Duration.ofNanos(System.nanoTime() - delivered.readySince()));
  }
}
