package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.transform.EventTransform;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says which part of a source a task replicates, and how. Immutable. */
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
   * Returns a task for everything, from the earliest message that the queue holds, to the default
   * target.
   *
   * @throws ConfigException as {@link #builder}
   */
  public static TaskSpec of(String id) {
    return builder(id).build();
  }

  /**
   * Begins a task with the defaults that its setters name.
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

  /** Returns a builder with all the values of this task, its id among them. */
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

    /** Sets the place to begin at, for a task without a checkpoint. Default: the earliest. */
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
     * Sets a hook that drops or changes rows on the way. Default: rows stay as they are. Not stored
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
     * Sets whether the source's users, roles, grants and groups of privileges are replicated, too.
     * Default: they are not. Only one task for a target can do that. They have no place in the
     * order of the rows; the target gets their present state.
     *
     * <p>All users, roles and groups are replicated, whatever is selected. A grant is replicated if
     * it concerns selected things only: one for a whole database if all of that is selected, one
     * for all databases if everything is. Grants follow a mapping of names.
     *
     * <p>The source stores passwords as hashes that no other Milvus accepts. A user is created only
     * if {@code MilvusTarget}'s {@code passwords} returns the password, or if a person who knows it
     * creates the user. The task's status lists the missing users.
     *
     * <p>Nothing is removed from the target except for what the source had while the task knew it:
     * users, roles and grants that were created on the target by hand stay. The user {@code root},
     * the roles {@code admin} and {@code public}, and the user that the task itself logs in as
     * always stay. Grant that user a role that the source does not have.
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

  /** Returns the place to begin at, for a task without a checkpoint. */
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

  /** Returns the hook that sees everything before it is applied. */
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
