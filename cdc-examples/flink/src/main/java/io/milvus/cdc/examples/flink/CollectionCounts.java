package io.milvus.cdc.examples.flink;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Prints how many rows each collection has, whenever that changes: an Apache Flink job over the
 * topic that a {@code KafkaTarget} writes with its own format. Arguments: the brokers, the topic.
 */
public final class CollectionCounts {
  private static final long CHECKPOINT_MILLIS = 1000;

  private CollectionCounts() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      throw new IllegalArgumentException("Give the brokers and the topic, as host:9092 changes");
    }
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    flink.enableCheckpointing(CHECKPOINT_MILLIS);
    of(flink.fromSource(events(args[0], args[1]), time(), "change events")).print();
    flink.execute("rows of collections");
  }

  private static KafkaSource<StreamEvent> events(String brokers, String topic) {
    return KafkaSource.<StreamEvent>builder()
        .setBootstrapServers(brokers)
        .setTopics(topic)
        .setStartingOffsets(OffsetsInitializer.earliest())
        // What a transaction has not committed may come again.
        .setProperty("isolation.level", "read_committed")
        .setDeserializer(new ChangeEventReader())
        .build();
  }

  /** Event time that moves when a watermark event says so. */
  static WatermarkStrategy<StreamEvent> time() {
    return WatermarkStrategy.<StreamEvent>forGenerator(context -> new CompleteUpTo())
        .withTimestampAssigner((event, former) -> event.millis());
  }

  /** The counts, each as soon as its time is complete. */
  static DataStream<CollectionCount> of(DataStream<StreamEvent> events) {
    return events
        .filter(StreamEvent::aboutCollection)
        .keyBy(StreamEvent::collectionId)
        .process(new RowCounter());
  }
}
