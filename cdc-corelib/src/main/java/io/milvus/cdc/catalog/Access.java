package io.milvus.cdc.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the users, roles and privilege groups of a Milvus, and thereby their rights. Immutable.
 * Milvus stores no timestamp of them in the order of the rows, so tasks follow their present state.
 *
 * @param entries by name, in the order in which they are to be created
 */
public record Access(Map<AccessName, AccessEntry> entries) {
  /** An access without users, roles and groups. */
  public static final Access NONE = new Access(Map.of());

  public Access {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** Returns the access that consists of these entries. */
  public static Access of(Collection<? extends AccessEntry> all) {
    Map<AccessName, AccessEntry> entries = new TreeMap<>();
    all.forEach(entry -> entries.put(entry.name(), entry));
    return new Access(entries);
  }

  /** Returns the entries of both. An entry that is in both has the contents of both. */
  public Access plus(Access other) {
    Map<AccessName, AccessEntry> all = new TreeMap<>(entries);
    other.entries.forEach((name, entry) -> all.merge(name, entry, AccessEntry::plus));
    return new Access(all);
  }

  /** Returns this access with an entry added, or replaced if there is one of its name. */
  public Access with(AccessEntry entry) {
    Map<AccessName, AccessEntry> changed = new TreeMap<>(entries);
    changed.put(entry.name(), entry);
    return new Access(changed);
  }

  /** Returns this access without the entry of this name. */
  public Access without(AccessName name) {
    Map<AccessName, AccessEntry> left = new TreeMap<>(entries);
    left.remove(name);
    return new Access(left);
  }
}
