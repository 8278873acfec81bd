package io.milvus.cdc.targets.events;

import io.milvus.cdc.error.ConfigException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a target for events. Each setter states its default. For one thread.
 *
 * @param <B> the builder itself
 */
public abstract class EventTargetBuilder<B extends EventTargetBuilder<B>> {
  private static final int LEAST = 16 << 10;

  private String topic = "";
  private boolean topicPerCollection;
  private EventFormat format = EventFormat.cloudEvents();
  private @Nullable String source;
  private Duration watermarkEvery = Duration.ofSeconds(1);
  private int largest;

  /** Creates a builder with this default of {@link #maxBytes}. */
  protected EventTargetBuilder(int largestByDefault) {
    this.largest = largestByDefault;
  }

  /** Returns this builder. */
  protected abstract B self();

  /**
   * Sets the topic for all events. If it does not exist and creation is allowed, it is created with
   * the brokers' defaults. Required.
   */
  public B topic(String name) {
    topic = Objects.requireNonNull(name, "name");
    return self();
  }

  /**
   * Sends the rows of each collection to a topic {@code <topic>.<database>.<collection>}. The
   * changes and watermarks of the collection follow there, except in Debezium's format. They are in
   * the common topic, too. Default: one topic for all rows; Debezium's format always uses a topic
   * for each collection.
   */
  public B topicPerCollection() {
    topicPerCollection = true;
    return self();
  }

  /** Sets the format of events. Default: {@link EventFormat#cloudEvents}. */
  public B format(EventFormat written) {
    format = Objects.requireNonNull(written, "written");
    return self();
  }

  /**
   * Sets the {@code source} of events, a URI reference, and Debezium's {@code source.name}.
   * Default: {@code /milvus-cdc/<task>}.
   */
  public B source(String uri) {
    source = Objects.requireNonNull(uri, "uri");
    return self();
  }

  /** Sets the shortest pause between watermarks, with and without rows. Default: 1 s. */
  public B watermarkEvery(Duration pause) {
    watermarkEvery = Objects.requireNonNull(pause, "pause");
    return self();
  }

  /**
   * Sets the largest number of bytes of an event, which the queue must allow. Minimum: 16 KiB. If
   * an event of a row is larger, the row is rejected: see {@link
   * io.milvus.cdc.TaskSpec#onUnhandled}. The default is that of the queue.
   */
  public B maxBytes(int bytes) {
    largest = bytes;
    return self();
  }

  /**
   * Returns the options.
   *
   * @param topics the pattern of a topic's name
   * @param cure a sentence for people, for a name that does not match
   * @throws ConfigException if an option is missing or wrong
   */
  protected final EventSettings events(Pattern topics, String cure) {
    require(topics.matcher(topic).matches(), "'%s' is not a valid topic.".formatted(topic), cure);
    require(
        largest >= LEAST,
        "Events of at most %d bytes are too small.".formatted(largest),
        "Set maxBytes to at least %d.".formatted(LEAST));
    require(
        !watermarkEvery.isNegative(),
        "Watermarks cannot be sent every %s.".formatted(watermarkEvery),
        "Set a duration above 0.");
    return new EventSettings(
        topic, topicPerCollection || format.rowsApart(), format, source, watermarkEvery, largest);
  }

  /** Throws a {@link ConfigException} with this explanation if the condition is false. */
  protected static void require(boolean good, String what, String cure) {
    if (!good) {
      throw new ConfigException(what, cure);
    }
  }
}
