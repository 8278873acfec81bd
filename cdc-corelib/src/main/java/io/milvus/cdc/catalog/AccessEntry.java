package io.milvus.cdc.catalog;

import java.util.HashSet;
import java.util.Set;

/** A user, a role or a group of privileges. */
public sealed interface AccessEntry {
  AccessName name();

  /** The same with what another one of this name holds, too. */
  AccessEntry plus(AccessEntry other);

  /** Calls the visitor's method for this kind. */
  <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X;

  /** Privileges under one name, which roles can be granted (Milvus 2.4 and later). */
  record PrivilegeGroup(AccessName name, Set<String> privileges) implements AccessEntry {
    public PrivilegeGroup {
      privileges = Set.copyOf(privileges);
    }

    public PrivilegeGroup(String name, Set<String> privileges) {
      this(new AccessName(AccessName.Kind.PRIVILEGE_GROUP, name), privileges);
    }

    @Override
    public PrivilegeGroup plus(AccessEntry other) {
      return new PrivilegeGroup(name, union(privileges, ((PrivilegeGroup) other).privileges));
    }

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.privilegeGroup(this);
    }
  }

  /** What users can be given to do. */
  record Role(AccessName name, Set<Grant> grants) implements AccessEntry {
    public Role {
      grants = Set.copyOf(grants);
    }

    public Role(String name, Set<Grant> grants) {
      this(new AccessName(AccessName.Kind.ROLE, name), grants);
    }

    @Override
    public Role plus(AccessEntry other) {
      return new Role(name, union(grants, ((Role) other).grants));
    }

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.role(this);
    }
  }

  /**
   * Somebody who logs in by a name and a password.
   *
   * @param roles their names
   * @param password tells one password from the next, and nothing else about it; empty where
   *     nothing is known
   */
  record User(AccessName name, Set<String> roles, String password) implements AccessEntry {
    public User {
      roles = Set.copyOf(roles);
    }

    public User(String name, Set<String> roles, String password) {
      this(new AccessName(AccessName.Kind.USER, name), roles, password);
    }

    @Override
    public User plus(AccessEntry other) {
      User that = (User) other;
      return new User(
          name, union(roles, that.roles), password.isEmpty() ? that.password : password);
    }

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.user(this);
    }
  }

  private static <T> Set<T> union(Set<T> some, Set<T> more) {
    Set<T> all = new HashSet<>(some);
    all.addAll(more);
    return all;
  }

  /** One method a kind. R is what its methods answer, X what they may throw. */
  interface Visitor<R, X extends Exception> {
    R privilegeGroup(PrivilegeGroup group) throws X;

    R role(Role role) throws X;

    R user(User user) throws X;
  }
}
