package io.milvus.cdc.examples.flink;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Prints the number of rows of each collection whenever it changes. This is an Apache Flink job
 * over a topic that a {@code KafkaTarget} writes in its default format. Arguments: the brokers, the
 * topic.
 */
public final class CollectionCounts {
  private static final long CHECKPOINT_MILLIS = 1000;

  private CollectionCounts() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      throw new IllegalArgumentException(
          "Pass the brokers and the topic, such as host:9092 changes");
    }
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    flink.enableCheckpointing(CHECKPOINT_MILLIS);
    of(flink.fromSource(events(args[0], args[1]), time(), "change events")).print();
    flink.execute("rows of collections");
  }

  private static KafkaSource<ChangeEvent> events(String brokers, String topic) {
    return KafkaSource.<ChangeEvent>builder()
        .setBootstrapServers(brokers)
        .setTopics(topic)
        .setStartingOffsets(OffsetsInitializer.earliest())
        // Events of a transaction that is not committed may be sent again.
        .setProperty("isolation.level", "read_committed")
        .setDeserializer(new ChangeEventReader())
        .build();
  }

  /** Returns event time that advances with watermark events. */
  static WatermarkStrategy<ChangeEvent> time() {
    return WatermarkStrategy.<ChangeEvent>forGenerator(context -> new CompleteUpTo())
        .withTimestampAssigner((event, former) -> event.millis());
  }

  /** Returns each count as soon as its time is complete. */
  static DataStream<CollectionCount> of(DataStream<ChangeEvent> events) {
    return events
        .filter(ChangeEvent::aboutCollection)
        .keyBy(ChangeEvent::collectionId)
        .process(new RowCounter());
  }
}
