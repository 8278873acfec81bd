package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.Grant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Applies the source's roles and their grants to a target. */
final class RoleChanges {
  /** The roles that every Milvus has and that cannot be dropped (2.3 pkg/util/constant.go). */
  private static final Set<String> BUILT_IN = Set.of("admin", "public");

  private final TargetRoles target;

  RoleChanges(TargetRoles target) {
    this.target = target;
  }

  String admit(AccessEntry.Role wanted, AccessEntry.Role former)
      throws Refusal, InterruptedException {
    String name = wanted.name().text();
    if (!target.has(name)) {
      target.create(name);
    }
    Set<String> databases = databases(wanted.grants());
    databases.addAll(databases(former.grants()));
    Set<Grant> there = target.grants(name, databases);
    Set<Grant> extra = AccessChanges.outdated(there, wanted.grants(), former.grants());
    List<String> refused = new ArrayList<>();
    each(extra, grant -> target.revoke(name, grant), refused);
    if (!extra.isEmpty()) {
      // From 2.4 on, revoking a privilege may revoke others with it (internal/proxy/impl.go).
      there = target.grants(name, databases);
    }
    each(
        AccessChanges.without(wanted.grants(), there), grant -> target.grant(name, grant), refused);
    return refused.size() < 2
        ? String.join("", refused)
        : "%s %d more were refused.".formatted(refused.get(0), refused.size() - 1);
  }

  private static Set<String> databases(Set<Grant> grants) {
    return grants.stream().map(Grant::database).collect(Collectors.toCollection(TreeSet::new));
  }

  /** A step of a change. */
  private interface Step<T> {
    void take(T what) throws Refusal, InterruptedException;
  }

  private static <T> void each(Collection<T> all, Step<T> step, List<String> refused)
      throws InterruptedException {
    for (T one : all) {
      String why =
          AccessChanges.reasonOf(
              () -> {
                step.take(one);
                return "";
              });
      if (!why.isEmpty()) {
        refused.add(why);
      }
    }
  }

  /**
   * Drops a role, after its grants. Milvus 2.3.5 drops no role that has grants in the default
   * database or for all databases. It drops a role that has other grants, which a new role of the
   * same name would have again.
   */
  String dismiss(String name, Set<Grant> former) throws Refusal, InterruptedException {
    if (BUILT_IN.contains(name) || !target.has(name)) {
      return "";
    }
    Set<String> databases = databases(former);
    databases.addAll(target.databases());
    for (Grant grant : target.grants(name, databases)) {
      target.revoke(name, grant);
    }
    target.drop(name);
    return "";
  }
}
