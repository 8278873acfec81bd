package io.milvus.cdc.examples.testbed.quickstart;

import java.util.Iterator;
import java.util.List;

/**
 * Holds the options of the command line.
 *
 * @param rows the number of rows to write
 * @param seconds the time in which to write them, unless Milvus is slower
 * @param keep whether to retain the databases and the task's state
 */
record Choices(long rows, int seconds, long seed, boolean keep) {
  static final String USAGE = "Arguments: [--rows 200000] [--seconds 60] [--seed 42] [--keep]";

  private static final Choices DEFAULT = new Choices(200_000, 60, 42, false);

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if an argument is wrong; the message names it
   */
  static Choices of(String... arguments) {
    Choices choices = DEFAULT;
    Iterator<String> words = List.of(arguments).iterator();
    while (words.hasNext()) {
      choices = choices.with(words.next(), words);
    }
    return choices;
  }

  private Choices with(String name, Iterator<String> words) {
    return switch (name) {
      case "--rows" -> new Choices(number(name, words), seconds, seed, keep);
      case "--seconds" ->
          new Choices(rows, Math.toIntExact(Math.max(1, number(name, words))), seed, keep);
      case "--seed" -> new Choices(rows, seconds, number(name, words), keep);
      case "--keep" -> new Choices(rows, seconds, seed, true);
      default -> throw new IllegalArgumentException("Unknown argument " + name);
    };
  }

  private static long number(String name, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(name + " lacks its number");
    }
    return Long.parseLong(words.next());
  }

  /** Returns the number of rows to write each second. */
  double rate() {
    return (double) rows / seconds;
  }
}
