package io.milvus.cdc.targets.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
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

  /** Kafka's limit ({@code org.apache.kafka.common.internals.Topic}); Pulsar has none so low. */
  static final int LONGEST_TOPIC = 249;

  private static final int DIGEST_BYTES = 8;

  /**
   * Returns the topic for the rows of a collection. A name that is too long for Kafka is cut, and
   * ends with a dash and 16 hexadecimal digits of its SHA-256.
   */
  public String topicOf(Table table) {
    if (!topicPerCollection) {
      return topic;
    }
    String whole = "%s.%s.%s".formatted(topic, table.database(), table.name());
    if (localLength(whole) <= LONGEST_TOPIC) {
      return whole;
    }
    String digest = "-" + digest(whole);
    int kept = whole.length() - localLength(whole) + LONGEST_TOPIC - digest.length();
    return whole.substring(0, kept) + digest;
  }

  /** A topic of Pulsar may be named with its tenant and namespace. */
  private static int localLength(String topic) {
    return topic.length() - topic.lastIndexOf('/') - 1;
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
