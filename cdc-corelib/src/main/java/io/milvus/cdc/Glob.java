package io.milvus.cdc;

/**
 * Matches names with wildcards: {@code *} stands for any number of characters, {@code ?} for one.
 * Names in Milvus contain neither.
 */
record Glob(String text) {
  static final Glob ANY = new Glob("*");

  boolean matches(String name) {
    return covers(name, 0, 0);
  }

  /**
   * Returns whether this matches every name that the other matches. May return false although it
   * does.
   */
  boolean covers(Glob other) {
    return covers(other.text, 0, 0);
  }

  /**
   * A wildcard in the other text is a character that only {@code *} or the same wildcard matches.
   */
  private boolean covers(String other, int at, int otherAt) {
    if (at == text.length()) {
      return otherAt == other.length();
    }
    char mine = text.charAt(at);
    if (mine == '*') {
      return covers(other, at + 1, otherAt)
          || (otherAt < other.length() && covers(other, at, otherAt + 1));
    }
    if (otherAt == other.length()) {
      return false;
    }
    char theirs = other.charAt(otherAt);
    return (mine == theirs || (mine == '?' && theirs != '*')) && covers(other, at + 1, otherAt + 1);
  }

  /** Returns whether some name matches both. */
  boolean meets(Glob other) {
    return meet(text, other.text);
  }

  private static boolean meet(String one, String other) {
    if (one.isEmpty() && other.isEmpty()) {
      return true;
    }
    if (one.startsWith("*")) {
      return meet(one.substring(1), other) || (!other.isEmpty() && meet(one, other.substring(1)));
    }
    if (other.startsWith("*")) {
      return meet(other, one);
    }
    if (one.isEmpty() || other.isEmpty()) {
      return false;
    }
    char mine = one.charAt(0);
    char theirs = other.charAt(0);
    return (mine == theirs || mine == '?' || theirs == '?')
        && meet(one.substring(1), other.substring(1));
  }
}
