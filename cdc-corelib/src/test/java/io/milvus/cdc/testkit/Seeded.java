package io.milvus.cdc.testkit;

import java.util.SplittableRandom;

/** Runs a property many times, each with a seed of its own that a failure names. */
public final class Seeded {
  /** {@code -Dcdc.seed=n} runs one seed only. */
  private static final Long ONLY = Long.getLong("cdc.seed");

  /** {@code -Dcdc.times=n} runs n times as many. */
  private static final int FACTOR = Integer.getInteger("cdc.times", 1);

  private Seeded() {}

  public static void times(int times, Property property) {
    long first = ONLY == null ? 1 : ONLY;
    long last = ONLY == null ? (long) times * FACTOR : ONLY;
    for (long seed = first; seed <= last; seed++) {
      try {
        property.holds(new SplittableRandom(seed));
      } catch (Exception | Error e) {
        throw new AssertionError("seed " + seed + " (-Dcdc.seed=" + seed + "): " + e, e);
      }
    }
  }

  /** Throws where it does not hold. */
  @FunctionalInterface
  public interface Property {
    void holds(SplittableRandom random) throws Exception;
  }

  public static byte[] bytes(SplittableRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
