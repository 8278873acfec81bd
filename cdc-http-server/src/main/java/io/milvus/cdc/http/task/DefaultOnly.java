package io.milvus.cdc.http.task;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Describes the databases that a Go client's {@code collection_infos} exclude, as in the Go server.
 */
final class DefaultOnly {
  private static final String DEFAULT = "default";
  private static final int MOST_NAMES = 20;
  private static final String CURE =
      " To include them, create the task with \"db_collections\": {\"*\": [{\"name\": \"*\"}]} in"
          + " place of collection_infos.";

  private DefaultOnly() {}

  /**
   * Returns a note about the excluded databases.
   *
   * @param databases the source's; empty if they are not known
   */
  static String note(Set<String> databases) {
    Set<String> out = new TreeSet<>(databases);
    out.remove(DEFAULT);
    String others = "every other database stays out";
    if (!out.isEmpty()) {
      others += ": " + names(out);
    } else if (!databases.isEmpty()) {
      others += ", if one is created";
    }
    return "Only the database 'default' is replicated; " + others + "." + CURE;
  }

  private static String names(Set<String> out) {
    String names = out.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = out.size() - MOST_NAMES;
    return more > 0 ? "%s and %d more".formatted(names, more) : names;
  }
}
