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
 * @param access whether users, roles and privileges are replicated, too
 */
public record TaskSpec(
    String id,
    Selection selection,
    StartFrom startFrom,
    String target,
    NameMapping names,
    EventTransform transform,
    Unhandled onUnhandled,
    boolean access) {
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
        Unhandled.stop(),
        false);
  }

  public TaskSpec select(Selection part) {
    return new TaskSpec(id, part, startFrom, target, names, transform, onUnhandled, access);
  }

  public TaskSpec startFrom(StartFrom start) {
    return new TaskSpec(id, selection, start, target, names, transform, onUnhandled, access);
  }

  /** To another target than the default one, by its name in {@link CdcEngineBuilder#target}. */
  public TaskSpec target(String name) {
    return new TaskSpec(id, selection, startFrom, name, names, transform, onUnhandled, access);
  }

  /** Under other names than on the source. */
  public TaskSpec rename(NameMapping mapping) {
    return new TaskSpec(id, selection, startFrom, target, mapping, transform, onUnhandled, access);
  }

  /** With rows left out or changed on the way. Default: as they are. Not kept in the checkpoint. */
  public TaskSpec transform(EventTransform hook) {
    return new TaskSpec(id, selection, startFrom, target, names, hook, onUnhandled, access);
  }

  /** What becomes of a message that cannot be handled. Default: {@link Unhandled#stop}. */
  public TaskSpec onUnhandled(Unhandled policy) {
    return new TaskSpec(id, selection, startFrom, target, names, transform, policy, access);
  }

  /**
   * With the source's users, roles, grants and groups of privileges; without this they are left
   * alone. One task for a target can do that. They have no place in the order of the rows, but are
   * followed as they are now.
   *
   * <p>All users, roles and groups are replicated, whatever is selected. Of the grants those are
   * that are about selected things only: one for a whole database where all of that is selected,
   * one for all databases where everything is. They follow a mapping of names.
   *
   * <p>The source keeps passwords as hashes that no other Milvus takes: a user is made only where
   * somebody tells the password ({@code MilvusTarget}'s {@code passwords}), or knows it and makes
   * the user by hand; the task's status says who is missing.
   *
   * <p>Nothing is taken away on the target but what the source had while the task knew it: users,
   * roles and grants that were made on the target by hand stay. So do, whatever the source says,
   * {@code root}, the roles {@code admin} and {@code public}, and the user that the task itself
   * logs in as. Give that one a role that the source does not have.
   */
  public TaskSpec withAccess() {
    return new TaskSpec(id, selection, startFrom, target, names, transform, onUnhandled, true);
  }

  /** Whether both would give people access to the same target. */
  public boolean sharesAccess(TaskSpec other) {
    return access && other.access && target.equals(other.target);
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
