package io.milvus.cdc.examples.testbed.workload;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Generates single values of scalar types, including unusual values. */
final class Values {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz 0123456789\"\\'é€漢";
  private static final int TEXT = 24;
  private static final int ONE_IN = 64;

  private final RandomGenerator random;

  Values(SplittableRandom random) {
    this.random = random;
  }

  boolean bool() {
    return random.nextBoolean();
  }

  /** Returns a number of this many bits. */
  int integer(int bits) {
    return random.nextInt() >> (Integer.SIZE - bits);
  }

  long int64() {
    return odd() ? (random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE) : random.nextLong();
  }

  float float32() {
    return odd() ? Float.MIN_VALUE : (float) random.nextGaussian();
  }

  double float64() {
    return odd() ? -Double.MAX_VALUE : random.nextGaussian();
  }

  String text() {
    int length = odd() ? 0 : random.nextInt(1, TEXT);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  /** Returns a JSON object. */
  String object() {
    return switch (random.nextInt(4)) {
      case 0 -> "{}";
      case 1 -> "{\"count\":%d}".formatted(random.nextLong());
      case 2 ->
          "{\"name\":\"%s\",\"price\":%s}"
              .formatted(Long.toString(random.nextLong(), 36), random.nextInt(100_000) / 8.0);
      default ->
          "{\"tags\":[\"é\",null,%d],\"inner\":{\"yes\":%b}}"
              .formatted(random.nextInt(), random.nextBoolean());
    };
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private boolean odd() {
    return random.nextInt(ONE_IN) == 0;
  }
}
