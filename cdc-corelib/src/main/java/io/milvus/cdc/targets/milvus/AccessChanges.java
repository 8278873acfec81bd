package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.AccessEntry;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives a standby the users, roles and groups of privileges that the source has. It looks at what
 * is there first, so it can be done again at any time, and takes away only what the source is known
 * to have had.
 */
final class AccessChanges {
  private final PrivilegeGroupChanges groups;
  private final RoleChanges roles;
  private final UserChanges users;

  AccessChanges(MilvusRpc rpc, TargetSettings settings) {
    AccessCalls calls = new AccessCalls(rpc);
    groups = new PrivilegeGroupChanges(new TargetPrivilegeGroups(calls));
    roles = new RoleChanges(new TargetRoles(calls, new TargetCatalog(rpc)));
    users = new UserChanges(new TargetUsers(calls), settings.user(), settings.passwords());
  }

  /**
   * Makes an entry's counterpart equal to it.
   *
   * @param former what the counterpart may have of the source
   * @return what is not as on the source, in words for people, or an empty text
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
   * @return why it is still there, in words for people, or an empty text
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

  /** Work that ends in a text for people, by itself or by a refusal. */
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

  /** What is there because of the source, and the source has no more. */
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
