package io.milvus.cdc.examples.testbed.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Records the growth of a value over time, from zero at the start. Thread-safe. */
final class Curve {
  /** Holds a value at a number of seconds. */
  record Point(double x, double y) {}

  private final long began = System.nanoTime();
  private final List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));

  /** Returns the seconds since the start. */
  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  synchronized void add(double more) {
    reach(last().y() + more);
  }

  synchronized void reach(double value) {
    if (value != last().y()) {
      points.add(new Point(seconds(), value));
    }
  }

  /** Returns the points from this second on, as if it were the start. */
  synchronized List<Point> points(double from) {
    return points.stream()
        .filter(point -> point.y() == 0 || point.x() >= from)
        .map(point -> new Point(Math.max(0, point.x() - from), point.y()))
        .toList();
  }

  synchronized Point last() {
    return points.get(points.size() - 1);
  }

  /** Returns the rate per second, from this second to the last change. */
  double rate(double from) {
    return last().y() / (last().x() - from);
  }

  /** Returns the rate per second in the second half of the growth. */
  synchronized double secondHalfRate() {
    Point end = last();
    Point middle =
        points.stream().filter(point -> point.y() >= end.y() / 2).findFirst().orElseThrow();
    return (end.y() - middle.y()) / (end.x() - middle.x());
  }
}
