package io.milvus.cdc.target.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is told, and in which topics.
 *
 * @param topic the common topic, and what the names of other topics begin with
 * @param topicPerCollection whether rows go to {@code <topic>.<database>.<collection>}
 * @param source what events name as their source, null for the task
 * @param watermarkEvery how often a watermark is told at most
 * @param largest how many bytes a message may have
 */
public record EventSettings(
    String topic,
    boolean topicPerCollection,
    EventFormat format,
    @Nullable String source,
    Duration watermarkEvery,
    int largest) {

  /** The topic for the rows of a collection. */
  public String topicOf(Table table) {
    return topicPerCollection ? "%s.%s.%s".formatted(topic, table.database(), table.name()) : topic;
  }
}
