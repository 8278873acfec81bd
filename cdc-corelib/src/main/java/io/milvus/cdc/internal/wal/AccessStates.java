package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessName;
import java.util.HashSet;
import java.util.Set;

/** Follows users, roles and privilege groups through the changes of a log. */
final class AccessStates {
  private Access access;

  /** The tick of the last change: all are on one channel. */
  private long changedAt;

  AccessStates(FirstLook first) {
    access = first.catalog().access();
    changedAt = first.asOf();
  }

  Access access() {
    return access;
  }

  /** Returns whether the change changed anything. */
  boolean apply(AccessChange change, Moment at) {
    if (at.tick() <= changedAt) {
      return false;
    }
    changedAt = at.tick();
    Access before = access;
    access = change.accept(new Applying());
    return !access.equals(before);
  }

  private final class Applying implements AccessChange.Kinds<Access> {
    @Override
    public Access add(AccessChange.Add change) {
      return access.plus(change.added());
    }

    @Override
    public Access setPassword(AccessChange.SetPassword change) {
      AccessName name = new AccessName(AccessName.Kind.USER, change.user());
      Set<String> roles =
          access.entries().get(name) instanceof AccessEntry.User user ? user.roles() : Set.of();
      return access.with(new AccessEntry.User(change.user(), roles, change.mark()));
    }

    @Override
    public Access remove(AccessChange.Remove change) {
      AccessEntry known = access.entries().get(change.removed().name());
      return known == null ? access : access.with(known.accept(new Minus(change.removed())));
    }

    @Override
    public Access drop(AccessChange.Drop change) {
      Access left = access.without(change.name());
      if (change.name().kind() == AccessName.Kind.ROLE) {
        AccessEntry role = new AccessEntry.User("", Set.of(change.name().text()), "");
        for (AccessEntry entry : left.entries().values()) {
          if (entry instanceof AccessEntry.User) {
            left = left.with(entry.accept(new Minus(role)));
          }
        }
      }
      return left;
    }
  }

  /** Removes the contents of one entry from another of the same kind. */
  private record Minus(AccessEntry removed)
      implements AccessEntry.Visitor<AccessEntry, RuntimeException> {
    @Override
    public AccessEntry privilegeGroup(AccessEntry.PrivilegeGroup group) {
      return new AccessEntry.PrivilegeGroup(
          group.name(),
          minus(group.privileges(), ((AccessEntry.PrivilegeGroup) removed).privileges()));
    }

    @Override
    public AccessEntry role(AccessEntry.Role role) {
      return new AccessEntry.Role(
          role.name(), minus(role.grants(), ((AccessEntry.Role) removed).grants()));
    }

    @Override
    public AccessEntry user(AccessEntry.User user) {
      return new AccessEntry.User(
          user.name(), minus(user.roles(), ((AccessEntry.User) removed).roles()), user.password());
    }

    private static <T> Set<T> minus(Set<T> all, Set<T> removed) {
      Set<T> left = new HashSet<>(all);
      left.removeAll(removed);
      return left;
    }
  }
}
