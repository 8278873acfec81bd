package io.milvus.cdc.targets;

import java.util.Objects;

/** Says whether a target has reproduced something as it is on the source. Immutable. */
public final class Outcome {
  private static final Outcome DONE = new Outcome("");

  private final String limitation;

  private Outcome(String limitation) {
    this.limitation = limitation;
  }

  /** Returns that all of it is as on the source. */
  public static Outcome done() {
    return DONE;
  }

  /**
   * Returns that some or all of it is not as on the source. The engine reports that and tries again
   * later.
   *
   * @param limitation what is missing and why, in sentences for people
   * @throws IllegalArgumentException if that is empty
   */
  public static Outcome incomplete(String limitation) {
    if (Objects.requireNonNull(limitation, "limitation").isEmpty()) {
      throw new IllegalArgumentException("An incomplete outcome needs a limitation.");
    }
    return new Outcome(limitation);
  }

  /** Returns whether all of it is as on the source. */
  public boolean isDone() {
    return limitation.isEmpty();
  }

  /** Returns what is missing and why, or an empty text. */
  public String limitation() {
    return limitation;
  }

  @Override
  public String toString() {
    return isDone() ? "done" : limitation;
  }
}
