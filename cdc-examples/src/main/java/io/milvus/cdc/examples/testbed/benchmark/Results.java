package io.milvus.cdc.examples.testbed.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Reports the measured values to people and to files. */
final class Results {
  private record Line(String part, String what, double value, String unit) {
    String number() {
      return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
    }
  }

  private final List<Line> lines = new ArrayList<>();

  void add(String part, String what, double value, String unit) {
    Line line = new Line(part, what, value, unit);
    lines.add(line);
    System.out.println("   " + text(line));
  }

  /** Returns a value that was measured before, or empty if it was not. */
  OptionalDouble find(String part, String what) {
    return lines.stream()
        .filter(line -> line.part().equals(part) && line.what().equals(what))
        .mapToDouble(Line::value)
        .findFirst();
  }

  String table() {
    StringBuilder table = new StringBuilder();
    lines.forEach(line -> table.append(text(line)).append('\n'));
    return table.toString();
  }

  private static String text(Line line) {
    return "%s  %-58s %12s %s".formatted(line.part(), line.what(), line.number(), line.unit());
  }

  void writeCsv(Path file) throws IOException {
    List<String> csv = new ArrayList<>(List.of("part,what,value,unit"));
    for (Line line : lines) {
      csv.add(
          "%s,\"%s\",%s,%s"
              .formatted(line.part(), line.what(), Double.toString(line.value()), line.unit()));
    }
    Files.write(file, csv);
  }
}
