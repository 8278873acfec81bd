package io.milvus.cdc.examples.flink;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Advances event time at a watermark event, and never by estimate. Flink creates an instance for
 * each Kafka partition, and uses the lowest time.
 */
final class CompleteUpTo implements WatermarkGenerator<ChangeEvent> {
  @Override
  public void onEvent(ChangeEvent event, long millis, WatermarkOutput output) {
    if (event.completes()) {
      // More events may follow within the same millisecond.
      output.emitWatermark(new Watermark(millis - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}
