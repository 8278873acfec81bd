package io.milvus.cdc.sources.milvus;

import java.util.regex.Pattern;

/**
 * Recognizes the names of Milvus's own topics.
 *
 * @param channelPrefix the prefix of the source's channels
 * @param replicateChannel the topic on which the source reports flushes
 */
record OwnTopics(String channelPrefix, String replicateChannel) {
  /**
   * Names of any Milvus 2.x, for any prefix of its cluster, unless they are configured otherwise.
   */
  private static final Pattern USUAL =
      Pattern.compile(
          ".+-(rootcoord-(dml_\\d+|delta_\\d+|timetick|statistics)|replicate-msg"
              + "|datacoord-(timetick|statistics|segment-info)-channel)");

  /**
   * Returns whether Milvus owns a topic of this name, even if it does not exist yet: with Kafka, a
   * channel is created with its first collection.
   */
  boolean contains(String topic) {
    return topic.equals(replicateChannel)
        || topic.matches(Pattern.quote(channelPrefix) + "_\\d+")
        || USUAL.matcher(topic).matches();
  }
}
