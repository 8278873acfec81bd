package io.milvus.cdc.examples.e2e.bench;

/** Seeds of random tests: printed, and given by {@code -Dcdc.seed} to see a run again. */
public final class Seeds {
  private Seeds() {}

  public static long next(String what) {
    long seed = Long.getLong("cdc.seed", System.nanoTime());
    System.out.printf("%s: -Dcdc.seed=%d%n", what, seed);
    return seed;
  }
}
