package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counts words of comments that show the style of a text, and limits some in public packages. */
class ProseTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES =
      List.of("cdc-corelib", "cdc-http-server", "cdc-examples");
  private static final Path INTERNAL = Path.of("io", "milvus", "cdc", "internal");

  /** Strings come first, so that a slash in a string begins no comment; group 1 is a comment. */
  private static final Pattern COMMENT =
      Pattern.compile(
          "(?s)\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++'"
              + "|(/\\*.*?\\*/|//[^\\n]*)");

  private static final Pattern WORD = Pattern.compile("[a-z']+");

  private static final Column WHERE = new Column("where", "where");
  private static final Column TELL = new Column("tell", "tell", "tells", "told", "telling");
  private static final List<Column> COLUMNS =
      List.of(
          WHERE,
          new Column("if", "if"),
          new Column("when", "when"),
          new Column("what", "what"),
          TELL,
          new Column("nobody..", "nobody", "whoever", "whatever", "somebody", "anybody"),
          new Column("return/report", "return", "returns", "report", "reports"),
          new Column("make", "make", "makes", "made", "making"),
          new Column("create", "create", "creates", "created"));

  /** Words that are counted together. */
  private record Column(String title, Set<String> words) {
    Column(String title, String... words) {
      this(title, Set.of(words));
    }
  }

  /** The words of some comments, in lower case. */
  private record Prose(String name, List<String> words) {
    /** Returns how many of 10,000 words are in the column. */
    double rate(Column column) {
      long found = words.stream().filter(column.words()::contains).count();
      return words.isEmpty() ? 0 : found * 10_000.0 / words.size();
    }

    String row() {
      return COLUMNS.stream()
          .map(column -> "%.1f".formatted(rate(column)))
          .collect(Collectors.joining(" | ", "%s | %d | ".formatted(name, words.size()), ""));
    }
  }

  /** Returns the words of the comments in those main sources of a module that are wanted. */
  private static Prose read(String name, String module, Predicate<Path> wanted) throws IOException {
    Path sources = ROOT.resolve(module).resolve("src/main/java");
    List<String> words = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (wanted.test(sources.relativize(file))) {
          words(Files.readString(file)).forEach(words::add);
        }
      }
    }
    return new Prose(name, words);
  }

  private static Stream<String> words(String source) {
    return COMMENT
        .matcher(source)
        .results()
        .filter(found -> found.group(1) != null)
        .flatMap(found -> WORD.matcher(found.group(1).toLowerCase(Locale.ROOT)).results())
        .map(found -> found.group());
  }

  @Test
  void readsCommentsOnly() {
    String source =
        """
        /** Where it /* begins. */
        String a = "where // where"; // told "where"
        char b = '"'; /* if */
        """;

    assertThat(words(source)).containsExactly("where", "it", "begins", "told", "where", "if");
  }

  @Test
  void publicPackagesUsePlainEnglish() throws Exception {
    List<Prose> table = new ArrayList<>();
    for (String module : MODULES) {
      table.add(read(module, module, file -> true));
    }
    Prose api = read("public packages", "cdc-corelib", file -> !file.startsWith(INTERNAL));
    table.add(api);

    System.out.println(
        COLUMNS.stream()
            .map(Column::title)
            .collect(Collectors.joining(" | ", "per 10,000 words | words | ", "")));
    table.forEach(prose -> System.out.println(prose.row()));
    assertThat(api.words()).hasSizeGreaterThan(20_000);
    assertThat(api.rate(WHERE)).as("'where', which is for places only").isLessThanOrEqualTo(15);
    assertThat(api.rate(TELL)).as("'tell', use 'report' or 'return'").isLessThanOrEqualTo(5);
  }
}
