package io.milvus.cdc.compare;

import io.milvus.cdc.internal.error.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects the first differences of a collection, and counts the others. */
final class Differences {
  private final List<Difference> first = new ArrayList<>();
  private final int most;
  private long others;

  Differences(int most) {
    this.most = most;
  }

  void add(String where, String what) {
    if (hasRoom()) {
      first.add(new Difference(where, Shown.escaped(what)));
    } else {
      others++;
    }
  }

  /**
   * Returns whether the next difference will be listed, so that its description is worth the work.
   */
  boolean hasRoom() {
    return first.size() < most;
  }

  void unlessEqual(String where, String what, Object source, Object target) {
    if (!Objects.equals(source, target)) {
      add(where, "%s is %s on the source, %s on the target".formatted(what, source, target));
    }
  }

  List<Difference> list(String where) {
    List<Difference> all = new ArrayList<>(first);
    if (others > 0) {
      all.add(new Difference(where, "and %d more differences".formatted(others)));
    }
    return List.copyOf(all);
  }
}
