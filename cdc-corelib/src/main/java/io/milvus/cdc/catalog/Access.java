package io.milvus.cdc.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may do what: the users, the roles and the groups of privileges that there are. Immutable.
 * Milvus keeps no timestamp of these in the order of the rows, so they are followed as they are
 * now.
 *
 * @param entries by name, in the order in which they are to be made
 */
public record Access(Map<AccessName, AccessEntry> entries) {
  /** Nobody may do anything. */
  public static final Access NONE = new Access(Map.of());

  public Access {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  public static Access of(Collection<? extends AccessEntry> all) {
    Map<AccessName, AccessEntry> entries = new TreeMap<>();
    all.forEach(entry -> entries.put(entry.name(), entry));
    return new Access(entries);
  }

  /** Everything that is in either. */
  public Access plus(Access other) {
    Map<AccessName, AccessEntry> all = new TreeMap<>(entries);
    other.entries.forEach((name, entry) -> all.merge(name, entry, AccessEntry::plus));
    return new Access(all);
  }

  /** The same with this entry in place of the one of its name. */
  public Access with(AccessEntry entry) {
    Map<AccessName, AccessEntry> changed = new TreeMap<>(entries);
    changed.put(entry.name(), entry);
    return new Access(changed);
  }

  public Access without(AccessName name) {
    Map<AccessName, AccessEntry> left = new TreeMap<>(entries);
    left.remove(name);
    return new Access(left);
  }
}
