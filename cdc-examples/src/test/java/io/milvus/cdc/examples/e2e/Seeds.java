package io.milvus.cdc.examples.e2e;

/** Seeds of random tests: printed, and given by {@code -Dcdc.seed} to see a run again. */
final class Seeds {
  private Seeds() {}

  static long next(String what) {
    long seed = Long.getLong("cdc.seed", System.nanoTime());
    System.out.printf("%s: -Dcdc.seed=%d%n", what, seed);
    return seed;
  }
}
