package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.PasswordSource;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.endpoint.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Applies the source's users to a target, if their passwords are known. */
final class UserChanges {
  /** The user that every Milvus has and that cannot be dropped (2.3 pkg/util/constant.go). */
  private static final String ROOT = "root";

  private final TargetUsers target;
  private final String self;
  private final PasswordSource passwords;

  /**
   * Creates changes by one user.
   *
   * @param self the user of the login; empty if it is unknown
   */
  UserChanges(TargetUsers target, String self, PasswordSource passwords) {
    this.target = target;
    this.self = self;
    this.passwords = passwords;
  }

  String admit(AccessEntry.User wanted, AccessEntry.User former)
      throws Refusal, InterruptedException {
    String name = wanted.name().text();
    boolean safe = isSafe(name);
    Optional<Secret> password = safe ? Optional.empty() : passwordOf(name);
    Optional<Set<String>> found = target.rolesOf(name);
    if (found.isEmpty() && password.isEmpty()) {
      return missing(wanted);
    }
    Set<String> there = found.orElse(Set.of());
    Set<String> roles = new TreeSet<>(there);
    if (!safe) {
      roles.removeAll(AccessChanges.outdated(there, wanted.roles(), former.roles()));
    }
    roles.addAll(wanted.roles());
    if (found.isEmpty()) {
      target.create(name, password.orElseThrow());
    } else if (password.isPresent() && !target.takesPassword(name, password.get())) {
      // Milvus changes a password only for a client that knows the old one.
      target.drop(name);
      target.create(name, password.get());
      there = Set.of();
    }
    for (String role : AccessChanges.without(there, roles)) {
      target.removeRole(name, role);
    }
    for (String role : AccessChanges.without(roles, there)) {
      target.addRole(name, role);
    }
    boolean changed = !former.password().isEmpty() && !former.password().equals(wanted.password());
    return changed && !safe && password.isEmpty() ? passwordOutdated(name) : "";
  }

  /**
   * Returns whether nothing may be removed from a user, because otherwise the task's login might
   * fail.
   */
  private boolean isSafe(String user) {
    return user.equals(ROOT) || user.equals(self);
  }

  private Optional<Secret> passwordOf(String user) throws Refusal {
    try {
      return passwords.passwordOf(user);
    } catch (RuntimeException e) {
      // Its message is omitted, because it may hold the password.
      throw Refusal.of(
          "The password of user %s cannot be read: the password source threw %s."
              .formatted(user, e.getClass().getName()));
    }
  }

  private static String missing(AccessEntry.User user) {
    return ("User %s is not on the target: the source reports only a hash of its password."
            + " Create it there with the same password, or embed the library with a source of"
            + " passwords. Its roles %s are then replicated automatically.")
        .formatted(user.name().text(), new TreeSet<>(user.roles()));
  }

  private static String passwordOutdated(String user) {
    return ("User %s has another password on the source since this task runs, and the"
            + " source reports only a hash of it. Change it on the target, and pause and"
            + " resume the task, or embed the library with a source of passwords.")
        .formatted(user);
  }

  String dismiss(String name) throws Refusal, InterruptedException {
    if (name.equals(self) && !name.equals(ROOT)) {
      return ("User %s was dropped on the source and stays on the target, because this task"
              + " logs in as it.")
          .formatted(name);
    }
    if (!isSafe(name) && target.rolesOf(name).isPresent()) {
      target.drop(name);
    }
    return "";
  }
}
