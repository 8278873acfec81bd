package io.milvus.cdc.examples.testbed.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Summarizes durations in milliseconds. */
final class Distribution {
  private final double[] millis;

  /** Creates a distribution of durations in any order. */
  Distribution(double... measured) {
    millis = measured.clone();
    Arrays.sort(millis);
  }

  /** Returns the quantile for this share. */
  double quantile(double share) {
    return millis[(int) Math.min(millis.length - 1, share * millis.length)];
  }

  double most() {
    return millis[millis.length - 1];
  }

  void tell(Results results, String what) {
    results.add("d", what + ", p50", quantile(0.5), "ms");
    results.add("d", what + ", p99", quantile(0.99), "ms");
    results.add("d", what + ", max", most(), "ms");
  }

  /** Returns, for each duration, the percentage of durations that are not longer. */
  List<Curve.Point> cumulated() {
    return IntStream.range(0, millis.length)
        .mapToObj(i -> new Curve.Point(millis[i], 100.0 * (i + 1) / millis.length))
        .toList();
  }
}
