package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages are for users of the server's page and command line, too, who see no Java. */
class MessagesTest {
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
}
