package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.AccessEntry;
import java.util.Map;
import java.util.Set;

/** Applies the source's privilege groups to a target. */
final class PrivilegeGroupChanges {
  private final TargetPrivilegeGroups target;

  PrivilegeGroupChanges(TargetPrivilegeGroups target) {
    this.target = target;
  }

  String admit(AccessEntry.PrivilegeGroup wanted, AccessEntry.PrivilegeGroup former)
      throws Refusal, InterruptedException {
    String name = wanted.name().text();
    Map<String, Set<String>> groups = target.all();
    if (!groups.containsKey(name)) {
      target.create(name);
    }
    Set<String> there = groups.getOrDefault(name, Set.of());
    Set<String> extra = AccessChanges.outdated(there, wanted.privileges(), former.privileges());
    if (!extra.isEmpty()) {
      target.remove(name, extra);
    }
    Set<String> missing = AccessChanges.without(wanted.privileges(), there);
    if (!missing.isEmpty()) {
      target.add(name, missing);
    }
    return "";
  }

  String dismiss(String name) throws Refusal, InterruptedException {
    if (target.all().containsKey(name)) {
      target.drop(name);
    }
    return "";
  }
}
