package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.internal.queue.MessageQueue;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names a source's channels, and a task's state on them.
 *
 * @param prefix the source's {@code chanNamePrefix}
 */
record Channels(String prefix) {
  static final String SUBSCRIPTION = "milvus-cdc-";

  /** Returns the name of a task's subscriptions, or of its consumer group. */
  static String subscription(String task) {
    return SUBSCRIPTION + task;
  }

  /**
   * Returns the channels that exist. With Pulsar, Milvus creates the topics of all its channels
   * when it starts. With Kafka, it creates each with its first collection.
   */
  List<String> of(MessageQueue queue) {
    return among(queue.topics());
  }

  /** Returns the topics that are channels, sorted. */
  List<String> among(Collection<String> topics) {
    Pattern channel = Pattern.compile(Pattern.quote(prefix) + "_\\d+");
    return topics.stream().filter(channel.asMatchPredicate()).sorted().toList();
  }
}
