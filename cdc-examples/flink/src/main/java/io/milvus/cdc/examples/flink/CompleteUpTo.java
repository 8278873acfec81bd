package io.milvus.cdc.examples.flink;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Moves event time on when a watermark event says so, and never by guess. Flink has one of these
 * for each Kafka partition, and takes the least of them.
 */
final class CompleteUpTo implements WatermarkGenerator<StreamEvent> {
  @Override
  public void onEvent(StreamEvent event, long millis, WatermarkOutput output) {
    if (event.completes()) {
      // More may follow within the same millisecond.
      output.emitWatermark(new Watermark(millis - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}
