package io.milvus.cdc.targets.events;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends changes as events to a queue. Subclasses connect to a kind of queue. */
public abstract class EventTarget implements ChangeTarget {
  private final EventSettings settings;

  /** Creates a target with these options. */
  protected EventTarget(EventSettings settings) {
    this.settings = settings;
  }

  /**
   * Connects to the queue. Blocks until it has answered.
   *
   * @param life names the task, from its beginning to its deletion; letters, digits and dashes
   */
  protected abstract EventOutlet connect(String life) throws InterruptedException;

  /** Returns no findings: a topic has room for every collection. */
  @Override
  public final List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows) {
    return List.of();
  }

  /** Returns the common topic. Topics of collections begin with its name and a dot. */
  @Override
  public final List<String> topics() {
    String topic = settings.topic();
    return List.of(topic.substring(topic.lastIndexOf('/') + 1));
  }

  @Override
  public final TargetSession open(Opening opening) throws InterruptedException {
    return EventSession.open(
        settings.format(), settings.source(), settings.watermarkEvery(), opening, this::connect);
  }

  /** Does nothing: topics accept messages of other producers at any time. */
  @Override
  public final List<String> promote(long ceiling) {
    return List.of();
  }

  /** Does nothing, as with {@link #promote}: the task resumes from its checkpoint. */
  @Override
  public final long demote() {
    return 0;
  }

  /** Returns whether both have the same topic at the same address. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof EventTarget that && toString().equals(that.toString());
  }

  @Override
  public final int hashCode() {
    return toString().hashCode();
  }

  /** Returns the kind of queue, its address and the topic. */
  @Override
  public abstract String toString();
}
