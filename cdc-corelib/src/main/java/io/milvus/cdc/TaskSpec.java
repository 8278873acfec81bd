package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.transform.EventTransform;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the part of a source that a task replicates, and the options of the task. Immutable. */
public final class TaskSpec {
  static final String DEFAULT_TARGET = "default";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Values values;

  private TaskSpec(Values values) {
    this.values = values;
  }

  private record Values(
      String id,
      Selection selection,
      StartFrom startFrom,
      String target,
      NameMapping names,
      EventTransform transform,
      UnhandledPolicy onUnhandled,
      boolean access) {}

  /**
   * Returns a task that replicates everything to the default target, from the earliest message that
   * the queue holds.
   *
   * @throws ConfigException if no task can have this id
   */
  public static TaskSpec of(String id) {
    return builder(id).build();
  }

  /**
   * Returns a builder with the defaults that its setters state.
   *
   * @param id names the task's checkpoint and its subscriptions: letters, digits, dots, dashes and
   *     underscores, at most 100
   * @throws ConfigException if no task can have this id
   */
  public static Builder builder(String id) {
    if (!ID.matcher(id).matches()) {
      throw new ConfigException(
          "Task id '%s' cannot be used.".formatted(id),
          "Use up to 100 letters, digits, dots, dashes, underscores.");
    }
    return new Builder(id);
  }

  /** Returns a builder with all values of this task, including its id. */
  public Builder toBuilder() {
    return new Builder(id())
        .selection(selection())
        .startFrom(startFrom())
        .target(target())
        .names(names())
        .transform(transform())
        .onUnhandled(onUnhandled())
        .access(access());
  }

  /** Collects the values of a task. For one thread. */
  public static final class Builder {
    private final String id;
    private Selection selection = Selection.everything();
    private StartFrom startFrom = StartFrom.earliest();
    private String target = DEFAULT_TARGET;
    private NameMapping names = NameMapping.none();
    private EventTransform transform = EventTransform.none();
    private UnhandledPolicy onUnhandled = UnhandledPolicy.stop();
    private boolean access;

    private Builder(String id) {
      this.id = id;
    }

    /** Sets the part of the source that is replicated. Default: everything. */
    public Builder selection(Selection part) {
      selection = Objects.requireNonNull(part, "selection");
      return this;
    }

    /** Sets the start of a task that has no checkpoint. Default: the earliest message. */
    public Builder startFrom(StartFrom start) {
      startFrom = Objects.requireNonNull(start, "startFrom");
      return this;
    }

    /**
     * Sets the target by its name in {@link CdcEngine.Builder#target}. Default: the unnamed one.
     */
    public Builder target(String name) {
      target = Objects.requireNonNull(name, "target");
      return this;
    }

    /** Sets the names of databases and collections on the target. Default: those of the source. */
    public Builder names(NameMapping mapping) {
      names = Objects.requireNonNull(mapping, "names");
      return this;
    }

    /**
     * Sets a hook that drops or changes rows before they are applied. Default: no hook. Not stored
     * in the checkpoint.
     */
    public Builder transform(EventTransform hook) {
      transform = Objects.requireNonNull(hook, "transform");
      return this;
    }

    /**
     * Sets the policy for messages that cannot be handled. Default: {@link UnhandledPolicy#stop}.
     */
    public Builder onUnhandled(UnhandledPolicy policy) {
      onUnhandled = Objects.requireNonNull(policy, "onUnhandled");
      return this;
    }

    /**
     * Sets whether the source's users, roles, grants and privilege groups are replicated, too.
     * Default: they are not. Only one task for a target can do that. They have no place in the
     * order of the rows, so the target gets their present state.
     *
     * <p>All users, roles and groups are replicated, regardless of the selection. A grant is
     * replicated if it concerns selected databases and collections only. A grant for a whole
     * database requires that all of it is selected; a grant for all databases requires that
     * everything is. Grants follow a mapping of names.
     *
     * <p>The source stores passwords as hashes that no other Milvus accepts. A user is created only
     * if {@code MilvusTarget}'s {@code passwords} returns the password. Otherwise an operator who
     * knows it must create the user. The task's status lists the missing users.
     *
     * <p>Removals are limited to users, roles and grants that the source had while the task knew
     * it. If they were created on the target by hand, they stay. The user {@code root}, the roles
     * {@code admin} and {@code public}, and the task's own login always stay. Grant that login a
     * role that the source does not have.
     */
    public Builder access(boolean replicated) {
      access = replicated;
      return this;
    }

    /** Returns the task. */
    public TaskSpec build() {
      return new TaskSpec(
          new Values(id, selection, startFrom, target, names, transform, onUnhandled, access));
    }
  }

  /** Returns the name of the task's checkpoint and its subscriptions. */
  public String id() {
    return values.id();
  }

  /** Returns the part of the source that is replicated. */
  public Selection selection() {
    return values.selection();
  }

  /** Returns the start of the task if it has no checkpoint. */
  public StartFrom startFrom() {
    return values.startFrom();
  }

  /** Returns the name that the target has in the engine. */
  public String target() {
    return values.target();
  }

  /** Returns the names of databases and collections on the target. */
  public NameMapping names() {
    return values.names();
  }

  /** Returns the hook that sees every change before it is applied. */
  public EventTransform transform() {
    return values.transform();
  }

  /** Returns the policy for messages that cannot be handled. */
  public UnhandledPolicy onUnhandled() {
    return values.onUnhandled();
  }

  /** Returns whether users, roles and privileges are replicated, too. */
  public boolean access() {
    return values.access();
  }

  /** Returns whether both tasks would replicate users and roles to the same target. */
  public boolean sharesAccess(TaskSpec other) {
    return access() && other.access() && target().equals(other.target());
  }

  /** Returns whether the tasks could replicate to one collection of a target that they share. */
  public boolean overlaps(TaskSpec other) {
    if (!target().equals(other.target())) {
      return false;
    }
    if (names().isNone() && other.names().isNone()) {
      return selection().overlaps(other.selection());
    }
    return selection()
        .places()
        .flatMap(names()::targets)
        .anyMatch(
            mine ->
                other.selection().places().flatMap(other.names()::targets).anyMatch(mine::meets));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskSpec that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Task" + values.toString().substring("Values".length());
  }
}
