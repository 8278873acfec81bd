package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.AccessEntry;
import java.util.HashSet;
import java.util.Set;

/**
 * Applies the source's users, roles and privilege groups to a target. It reads the present state
 * first, so it can be repeated at any time. It removes only entries that the source is known to
 * have had.
 */
final class AccessChanges {
  private final PrivilegeGroupChanges groups;
  private final RoleChanges roles;
  private final UserChanges users;

  AccessChanges(TargetRpc rpc, TargetSettings settings) {
    AccessCalls calls = new AccessCalls(rpc);
    groups = new PrivilegeGroupChanges(new TargetPrivilegeGroups(calls));
    roles = new RoleChanges(new TargetRoles(calls, new TargetCatalog(rpc)));
    users = new UserChanges(new TargetUsers(calls), settings.user(), settings.passwords());
  }

  /**
   * Makes an entry's counterpart equal to it.
   *
   * @param former the parts of the counterpart that may come from the source
   * @return the reason if the target differs from the source, in words for people, or an empty text
   */
  String admit(AccessEntry wanted, AccessEntry former) throws InterruptedException {
    return wanted.accept(
        new AccessEntry.Visitor<String, InterruptedException>() {
          @Override
          public String privilegeGroup(AccessEntry.PrivilegeGroup group)
              throws InterruptedException {
            return reasonOf(() -> groups.admit(group, (AccessEntry.PrivilegeGroup) former));
          }

          @Override
          public String role(AccessEntry.Role role) throws InterruptedException {
            return reasonOf(() -> roles.admit(role, (AccessEntry.Role) former));
          }

          @Override
          public String user(AccessEntry.User user) throws InterruptedException {
            return reasonOf(() -> users.admit(user, (AccessEntry.User) former));
          }
        });
  }

  /**
   * Drops an entry's counterpart.
   *
   * @return the reason if it still exists, in words for people, or an empty text
   */
  String dismiss(AccessEntry former) throws InterruptedException {
    String name = former.name().text();
    return former.accept(
        new AccessEntry.Visitor<String, InterruptedException>() {
          @Override
          public String privilegeGroup(AccessEntry.PrivilegeGroup group)
              throws InterruptedException {
            return reasonOf(() -> groups.dismiss(name));
          }

          @Override
          public String role(AccessEntry.Role role) throws InterruptedException {
            return reasonOf(() -> roles.dismiss(name, role.grants()));
          }

          @Override
          public String user(AccessEntry.User user) throws InterruptedException {
            return reasonOf(() -> users.dismiss(name));
          }
        });
  }

  /** Work that returns a text for people, by itself or by a rejection. */
  interface Work {
    String done() throws Refusal, InterruptedException;
  }

  static String reasonOf(Work work) throws InterruptedException {
    try {
      return work.done();
    } catch (Refusal e) {
      return e.reason();
    }
  }

  /** Returns the values that come from the source and that the source no longer has. */
  static <T> Set<T> outdated(Set<T> there, Set<T> wanted, Set<T> former) {
    Set<T> extra = new HashSet<>(there);
    extra.retainAll(former);
    return without(extra, wanted);
  }

  static <T> Set<T> without(Set<T> some, Set<T> others) {
    Set<T> left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }
}
