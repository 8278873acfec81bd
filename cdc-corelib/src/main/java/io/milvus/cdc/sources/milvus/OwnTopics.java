package io.milvus.cdc.sources.milvus;

import java.util.regex.Pattern;

/**
 * What Milvus calls topics of its own.
 *
 * @param channelPrefix of the source's channels
 * @param replicateChannel where the source tells what users had flushed
 */
record OwnTopics(String channelPrefix, String replicateChannel) {
  /**
   * As any Milvus 2.x has them, whatever its cluster's prefix, unless they are called otherwise.
   */
  private static final Pattern USUAL =
      Pattern.compile(
          ".+-(rootcoord-(dml_\\d+|delta_\\d+|timetick|statistics)|replicate-msg"
              + "|datacoord-(timetick|statistics|segment-info)-channel)");

  /** Also of such as are not there yet: with Kafka a channel comes with its first collection. */
  boolean contains(String topic) {
    return topic.equals(replicateChannel)
        || topic.matches(Pattern.quote(channelPrefix) + "_\\d+")
        || USUAL.matcher(topic).matches();
  }
}
