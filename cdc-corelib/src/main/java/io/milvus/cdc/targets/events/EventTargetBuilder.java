package io.milvus.cdc.targets.events;

import io.milvus.cdc.error.ConfigException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is told, and in which topics. Every setter's default is in its description.
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

  /** Begins with the defaults, of which the queue has this one. */
  protected EventTargetBuilder(int largestByDefault) {
    this.largest = largestByDefault;
  }

  /** This. */
  protected abstract B self();

  /**
   * The topic for all events. Made with the brokers' defaults where it is not there, if that is
   * allowed. Required.
   */
  public B topic(String name) {
    topic = Objects.requireNonNull(name, "name");
    return self();
  }

  /**
   * A topic {@code <topic>.<database>.<collection>} for each collection: its rows and, but for
   * Debezium's format, the changes and watermarks that concern it. Changes and watermarks are in
   * the common topic, too. Default: one topic for all; with Debezium's format, this.
   */
  public B topicPerCollection() {
    topicPerCollection = true;
    return self();
  }

  /** How events are written. Default: {@link EventFormat#cloudEvents}. */
  public B format(EventFormat written) {
    format = Objects.requireNonNull(written, "written");
    return self();
  }

  /**
   * What events name as their {@code source}, a URI reference; Debezium's {@code source.name}.
   * Default: {@code /milvus-cdc/<task>}.
   */
  public B source(String uri) {
    source = Objects.requireNonNull(uri, "uri");
    return self();
  }

  /** How often a watermark is told at most, while rows come and while none do. Default 1 s. */
  public B watermarkEvery(Duration pause) {
    watermarkEvery = Objects.requireNonNull(pause, "pause");
    return self();
  }

  /**
   * How large an event may be; the queue must allow that. Rows with a larger one are refused: see
   * {@link io.milvus.cdc.TaskSpec#onUnhandled}. The default is the queue's own.
   */
  public B maxBytes(int bytes) {
    largest = bytes;
    return self();
  }

  /**
   * What was collected.
   *
   * @param topics what a topic's name looks like
   * @param cure what to take else, in words for people
   * @throws ConfigException where something is missing or wrong
   */
  protected final EventSettings events(Pattern topics, String cure) {
    require(topics.matcher(topic).matches(), "Topic '%s' cannot be one.".formatted(topic), cure);
    require(
        largest >= LEAST,
        "Events of at most %d bytes are too small.".formatted(largest),
        "Set maxBytes to %d at least.".formatted(LEAST));
    require(
        !watermarkEvery.isNegative(),
        "Watermarks cannot be sent every %s.".formatted(watermarkEvery),
        "Set a duration above 0.");
    return new EventSettings(
        topic, topicPerCollection || format.rowsApart(), format, source, watermarkEvery, largest);
  }

  /** Throws a {@link ConfigException} with this explanation unless all is well. */
  protected static void require(boolean good, String what, String cure) {
    if (!good) {
      throw new ConfigException(what, cure);
    }
  }
}
