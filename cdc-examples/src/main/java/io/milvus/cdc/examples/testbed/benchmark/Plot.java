package io.milvus.cdc.examples.testbed.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Draws curves in one picture. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int LEFT = 90;
  private static final int EDGE = 40;
  private static final int STEPS = 5;
  private static final List<String> COLORS =
      List.of("#1b6ca8", "#d1495b", "#3f8f4f", "#edae49", "#7b4b94");

  /** Holds a line of the picture. */
  private record Series(String name, List<Curve.Point> points) {}

  private final String title;
  private final List<Series> series = new ArrayList<>();
  private final StringBuilder svg = new StringBuilder();

  /** Creates an empty picture. */
  Plot(String title) {
    this.title = title;
  }

  void add(String name, List<Curve.Point> points) {
    series.add(new Series(name, points));
  }

  void write(Path file) throws IOException {
    double right = most(Curve.Point::x);
    double top = most(Curve.Point::y);
    draw("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'", WIDTH, HEIGHT);
    draw(" font-family='sans-serif' font-size='12'>%n");
    draw("<rect width='100%%' height='100%%' fill='white'/>%n");
    draw("<text x='%d' y='20' font-size='15'>%s</text>%n", LEFT, title);
    for (int step = 0; step <= STEPS; step++) {
      grid(right * step / STEPS, top * step / STEPS, (double) step / STEPS);
    }
    for (int i = 0; i < series.size(); i++) {
      Series line = series.get(i);
      String color = COLORS.get(i % COLORS.size());
      String path =
          line.points().stream()
              .map(point -> at("%.1f,%.1f", x(point.x() / right), y(point.y() / top)))
              .collect(Collectors.joining(" "));
      draw("<polyline fill='none' stroke='%s' stroke-width='2' points='%s'/>%n", color, path);
      draw("<text x='%d' y='%d' fill='%s'>%s</text>%n", LEFT + 10, 50 + 16 * i, color, line.name());
    }
    draw("</svg>%n");
    Files.writeString(file, svg);
  }

  private double most(ToDoubleFunction<Curve.Point> axis) {
    return series.stream()
        .flatMap(line -> line.points().stream())
        .mapToDouble(axis)
        .filter(value -> value > 0)
        .max()
        .orElse(1);
  }

  private void grid(double x, double y, double share) {
    draw("<path d='M%d %.1fH%d' stroke='#ddd'/>%n", LEFT, y(share), WIDTH - EDGE);
    draw("<text x='%d' y='%.1f' text-anchor='end'>%,.0f</text>%n", LEFT - 6, y(share) + 4, y);
    draw("<text x='%.1f' y='%d' text-anchor='middle'>%,.1f</text>%n", x(share), HEIGHT - 20, x);
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - EDGE);
  }

  private static double y(double share) {
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);
  }

  private void draw(String format, Object... values) {
    svg.append(at(format, values));
  }

  private static String at(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
