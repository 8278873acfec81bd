package io.milvus.cdc.targets.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Holds the options of a target for events.
 *
 * @param topic the common topic, and the prefix of other topics
 * @param topicPerCollection whether rows are sent to {@code <topic>.<database>.<collection>}
 * @param format the notation of events
 * @param source the value of the events' {@code source}, null for the task
 * @param watermarkEvery the shortest pause between watermarks
 * @param largest the largest number of bytes of a message
 */
public record EventSettings(
    String topic,
    boolean topicPerCollection,
    EventFormat format,
    @Nullable String source,
    Duration watermarkEvery,
    int largest) {

  /** Kafka's limit ({@code org.apache.kafka.common.internals.Topic}). Pulsar's is higher. */
  static final int LONGEST_TOPIC = 249;

  private static final int DIGEST_BYTES = 8;

  /**
   * Returns the topic for the rows of a collection. If a name is too long for Kafka, it is cut and
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

  /** The name of a Pulsar topic may include its tenant and namespace. */
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
