package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the words of messages. Users of the server's page and command line read the messages, too,
 * and see no Java.
 */
class MessagesTest {
  private static final List<Path> MAIN =
      Stream.of("cdc-corelib", "cdc-http-server", "cdc-examples", "cdc-examples/flink")
          .map(module -> Path.of("..", module, "src", "main", "java"))
          .toList();

  /** Comments come first, so that a quote in a comment begins no literal; group 1 is a literal. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|//[^\\n]*|'(?:\\\\.|[^'\\\\\\n])++'"
              + "|(\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\")");

  private static final Pattern WORD = Pattern.compile("[a-z']+");

  /** Words that have a plainer one, such as set, report, create, accept, again and resume. */
  private static final Pattern ODD =
      Pattern.compile(
          "\\b(gives?|given|gave|giving|tells?|told|telling|anew|whoever|whatever|nobody|somebody"
              + "|anybody|go on|goes on|going on|makes?|made|making|takes?|taking|mends?)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Phrases of the field in which such a word is plain. */
  private static final Set<String> PLAIN = Set.of("take it down");

  /** SQL has its own {@code WHERE}. */
  private static final Pattern SQL =
      Pattern.compile("\\b(SELECT|UPDATE|DELETE FROM|INSERT INTO)\\b");

  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern JAVA =
      Pattern.compile(
          "\\b(StartFrom|TaskSpec|NameMapping|(Milvus|Kafka|Pulsar)(Target|Source)'s)\\b"
              + "|\\b[a-z][A-Za-z]+\\((\\.\\.\\.|\\)|\\\\\")");

  /** These speak to code: of what a consumer returned, and of a call of ours. */
  private static final List<String> TO_CODE = List.of("Handover.java", "Selection.java");

  @Test
  void noMessageSpeaksJava() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        if (TO_CODE.contains(file.getFileName().toString())) {
          continue;
        }
        for (String line : Files.readAllLines(file)) {
          TEXT.matcher(line.strip().startsWith("*") ? "" : line)
              .results()
              .map(text -> text.group(1))
              .filter(text -> JAVA.matcher(text).find())
              .forEach(text -> found.add(file.getFileName() + ": " + text));
        }
      }
    }

    assertThat(found).isEmpty();
  }

  @Test
  void readsLiteralsOnly() {
    String source =
        """
        /** It "tells". */
        String a = "told // \\"here"; // "whoever"
        char b = '"';
        """;

    assertThat(literals(source)).containsExactly("\"told // \\\"here\"");
  }

  @Test
  void messagesUsePlainWords() throws IOException {
    List<String> found = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Path sources : MAIN) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          for (String text : messages(Files.readString(file))) {
            WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .forEach(words::add);
            if (ODD.matcher(text).find() && PLAIN.stream().noneMatch(text::contains)) {
              found.add(file.getFileName() + ": " + text);
            }
          }
        }
      }
    }

    System.out.println("messages, per 10,000 of their " + words.size() + " words: " + rates(words));
    assertThat(found).isEmpty();
    assertThat(words).hasSizeGreaterThan(5_000).doesNotContain("where");
  }

  /** Returns the literals that are more than a word. */
  private static List<String> messages(String source) {
    return literals(source).stream()
        .filter(text -> text.strip().contains(" ") && !SQL.matcher(text).find())
        .toList();
  }

  private static List<String> literals(String source) {
    return LITERAL
        .matcher(source)
        .results()
        .map(literal -> literal.group(1))
        .filter(text -> text != null)
        .toList();
  }

  private static String rates(List<String> words) {
    return Stream.of("if", "when", "where", "what", "tell")
        .map(
            word ->
                "%s %.1f"
                    .formatted(
                        word,
                        words.stream().filter(word::equals).count() * 10_000.0 / words.size()))
        .collect(Collectors.joining(" | "));
  }
}
