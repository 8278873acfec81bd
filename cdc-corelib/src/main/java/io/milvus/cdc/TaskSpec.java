package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.transform.EventTransform;
import java.util.regex.Pattern;

/**
 * What a task replicates. Immutable.
 *
 * @param id names the task's checkpoint and its subscriptions: letters, digits, dot, dash and
 *     underscore, at most 100
 * @param target the name that the target has in the engine
 * @param names what things are called on the target
 * @param transform sees everything before it is applied
 * @param onUnhandled what becomes of a message that cannot be handled
 */
public record TaskSpec(
    String id,
    Selection selection,
    StartFrom startFrom,
    String target,
    NameMapping names,
    EventTransform transform,
    Unhandled onUnhandled) {
  static final String DEFAULT_TARGET = "default";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Checks the id. */
  public TaskSpec {
    if (!ID.matcher(id).matches()) {
      throw new ConfigException(
          "Task id '%s' cannot be used. Take up to 100 letters, digits, dots, dashes, underscores."
              .formatted(id));
    }
  }

  /** A task for everything, from the earliest message that is held, to the default target. */
  public static TaskSpec of(String id) {
    return new TaskSpec(
        id,
        Selection.everything(),
        StartFrom.earliest(),
        DEFAULT_TARGET,
        NameMapping.none(),
        EventTransform.none(),
        Unhandled.stop());
  }

  public TaskSpec select(Selection part) {
    return new TaskSpec(id, part, startFrom, target, names, transform, onUnhandled);
  }

  public TaskSpec startFrom(StartFrom start) {
    return new TaskSpec(id, selection, start, target, names, transform, onUnhandled);
  }

  /** To another target than the default one, by its name in {@link CdcEngineBuilder#target}. */
  public TaskSpec target(String name) {
    return new TaskSpec(id, selection, startFrom, name, names, transform, onUnhandled);
  }

  /** Under other names than on the source. */
  public TaskSpec rename(NameMapping mapping) {
    return new TaskSpec(id, selection, startFrom, target, mapping, transform, onUnhandled);
  }

  /** With rows left out or changed on the way. Default: as they are. Not kept in the checkpoint. */
  public TaskSpec transform(EventTransform hook) {
    return new TaskSpec(id, selection, startFrom, target, names, hook, onUnhandled);
  }

  /** What becomes of a message that cannot be handled. Default: {@link Unhandled#stop}. */
  public TaskSpec onUnhandled(Unhandled policy) {
    return new TaskSpec(id, selection, startFrom, target, names, transform, policy);
  }

  /** Whether some collection of one task could meet one of the other on a target they share. */
  public boolean overlaps(TaskSpec other) {
    if (!target.equals(other.target)) {
      return false;
    }
    if (names.isNone() && other.names.isNone()) {
      return selection.overlaps(other.selection);
    }
    return selection
        .places()
        .flatMap(names::targets)
        .anyMatch(
            mine -> other.selection.places().flatMap(other.names::targets).anyMatch(mine::meets));
  }
}
