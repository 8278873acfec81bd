package io.milvus.cdc.catalog;

import java.util.HashSet;
import java.util.Set;

/** A user, a role or a privilege group. */
public sealed interface AccessEntry {
  /** Returns the kind and the name. */
  AccessName name();

  /** Returns this entry with the contents of another entry of the same name added. */
  AccessEntry plus(AccessEntry other);

  /** Calls the visitor's method for this kind. */
  <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X;

  /** Groups privileges under one name, which roles can be granted (Milvus 2.4 and later). */
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

  /** Holds grants that users can receive. */
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
   * Logs in by a name and a password.
   *
   * @param roles the names of its roles
   * @param password a text that differs if the password differs, and reveals nothing else; empty if
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

  /**
   * Handles each kind of entry by a method of its own. R is the type that its methods return, X the
   * type that they may throw.
   */
  interface Visitor<R, X extends Exception> {
    R privilegeGroup(PrivilegeGroup group) throws X;

    R role(Role role) throws X;

    R user(User user) throws X;
  }
}
