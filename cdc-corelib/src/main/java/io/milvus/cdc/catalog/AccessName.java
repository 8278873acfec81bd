package io.milvus.cdc.catalog;

import java.util.Comparator;

/** The name of a user, a role or a privilege group. Sorts by kind, then by name. */
public record AccessName(Kind kind, String text) implements Comparable<AccessName> {
  private static final Comparator<AccessName> ORDER =
      Comparator.comparing(AccessName::kind).thenComparing(AccessName::text);

  /** Lists the kinds in the order of creation: later kinds refer to earlier ones. */
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

  /** Returns a text for people, such as {@code role reader}. */
  @Override
  public String toString() {
    return kind.words + " " + text;
  }
}
