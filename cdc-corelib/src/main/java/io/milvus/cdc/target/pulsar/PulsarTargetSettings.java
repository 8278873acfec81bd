package io.milvus.cdc.target.pulsar;

import io.milvus.cdc.pulsar.PulsarConnection;
import io.milvus.cdc.target.events.EventFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how events are told.
 *
 * @param topic the common topic, with its namespace, and what the names of other topics begin with
 * @param topicPerCollection whether rows go to {@code <topic>.<database>.<collection>}
 * @param source what events name as their source, null for the task
 * @param largest how many bytes a message may have
 */
record PulsarTargetSettings(
    PulsarConnection connection,
    String topic,
    boolean topicPerCollection,
    EventFormat format,
    @Nullable String source,
    Duration watermarkEvery,
    int largest) {

  @Override
  public String toString() {
    return "%s, topic %s".formatted(connection.name(), topic);
  }
}
