package io.milvus.cdc.catalog;

import java.util.Comparator;

/** What a user, a role or a group of privileges is called. Sorts by kind, then by name. */
public record AccessName(Kind kind, String text) implements Comparable<AccessName> {
  private static final Comparator<AccessName> ORDER =
      Comparator.comparing(AccessName::kind).thenComparing(AccessName::text);

  /** In the order in which they are made: the later ones refer to the earlier ones. */
  public enum Kind {
    PRIVILEGE_GROUP("privilege group"),
    ROLE("role"),
    USER("user");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  @Override
  public int compareTo(AccessName other) {
    return ORDER.compare(this, other);
  }

  /** For people, such as {@code role reader}. */
  @Override
  public String toString() {
    return kind.words + " " + text;
  }
}
