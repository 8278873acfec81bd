package io.milvus.cdc.targets.events;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.TargetSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target that tells of changes in a queue. What it is called says which one it is. */
public abstract class EventTarget implements ChangeTarget {
  private final EventSettings settings;

  protected EventTarget(EventSettings settings) {
    this.settings = settings;
  }

  /**
   * Connects to the queue.
   *
   * @param life names the task, from its beginning to its deletion; letters, digits and dashes
   */
  protected abstract EventOutlet connect(String life) throws InterruptedException;

  /** Nothing: a topic has room for every collection. */
  @Override
  public final List<Finding> check(
      List<SchemaEvent.CreateCollection> wanted, boolean fromTheBeginning) {
    return List.of();
  }

  /** The common one; those of collections begin with its name and a dot. */
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

  /** Nothing is left to do: topics take messages of others at any time. */
  @Override
  public final List<String> promote(long ceiling) {
    return List.of();
  }

  /** Nothing, as with {@link #promote}: the task goes on from where it was. */
  @Override
  public final long demote() {
    return 0;
  }

  /** Whether both are the same topic at the same address. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof EventTarget that && toString().equals(that.toString());
  }

  @Override
  public final int hashCode() {
    return toString().hashCode();
  }

  /** The kind of queue, its address and the topic. */
  @Override
  public abstract String toString();
}
