package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.targets.Outcome;
import io.milvus.cdc.targets.TargetSession;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps users, roles and groups of privileges in sync with the source. Each connection begins with
 * all of them. An entry is listed for the checkpoint before it is created. So it can be removed
 * again after any interruption. For one thread, except {@link #limitations}.
 */
final class AccessSync implements Follower {
  private final TargetSession target;
  private final AppliedCatalog applied;
  private final @Nullable AccessScope scope;
  private final TaskReport report;

  /** The wanted state of each entry; empty if the entry is to be dropped. */
  private final Chores<AccessName, Optional<AccessEntry>> chores;

  private Access wanted = Access.NONE;
  private boolean planned;
  private boolean unlisted;

  /**
   * Creates a sync that knows only the listed entries of the target.
   *
   * @param scope null if access is not replicated
   */
  AccessSync(
      TargetSession target,
      AppliedCatalog applied,
      @Nullable AccessScope scope,
      TaskReport report,
      InstantSource time) {
    this.target = target;
    this.applied = applied;
    this.scope = scope;
    this.report = report;
    this.chores = new Chores<>(time, report::limited);
  }

  @Override
  public void plan(Catalog has, Catalog source) {
    if (scope == null) {
      return;
    }
    Access before = wanted;
    wanted = scope.of(source.access());
    if (planned && wanted.equals(before)) {
      return;
    }
    Access listed = planned ? applied.access() : withoutPasswords(applied.access());
    Access all = listed.plus(wanted);
    for (AccessName name : all.entries().keySet()) {
      AccessEntry now = wanted.entries().get(name);
      if (!planned || !Objects.equals(now, before.entries().get(name))) {
        chores.put(name, Optional.ofNullable(now));
      }
    }
    applied.access(all);
    unlisted |= !all.equals(listed);
    planned = true;
  }

  /** Removes the passwords: they belong to an earlier life and are no longer relevant. */
  private static Access withoutPasswords(Access access) {
    return Access.of(
        access.entries().values().stream()
            .map(
                entry ->
                    entry instanceof AccessEntry.User user
                        ? new AccessEntry.User(user.name(), user.roles(), "")
                        : entry)
            .toList());
  }

  @Override
  public boolean mustStoreFirst() {
    boolean was = unlisted;
    unlisted = false;
    return was;
  }

  @Override
  public boolean isDue() {
    return chores.isDue();
  }

  @Override
  public boolean step() throws InterruptedException {
    return chores.step(this::make);
  }

  private String make(AccessName name, Optional<AccessEntry> entry) throws InterruptedException {
    Access listed = applied.access();
    AccessEntry former = Objects.requireNonNull(listed.entries().get(name), name::toString);
    Outcome outcome =
        entry.isPresent() ? target.applyAccess(entry.get(), former) : target.dropAccess(former);
    if (outcome.isDone()) {
      applied.access(entry.map(listed::with).orElseGet(() -> listed.without(name)));
      report.accessApplied(name);
    }
    return outcome.limitation();
  }

  @Override
  public List<String> limitations() {
    return chores.limitations();
  }
}
