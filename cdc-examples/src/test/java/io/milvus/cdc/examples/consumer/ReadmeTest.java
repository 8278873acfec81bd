package io.milvus.cdc.examples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's Java is what the consumer project compiles against the published artifacts. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Path MINIMAL = Path.of("consumer/plain/src/main/java/consumer/Minimal.java");

  @Test
  void theJavaOfTheReadmeCompiles() throws Exception {
    Matcher java = JAVA.matcher(Files.readString(Path.of("../README.md")));

    assertThat(java.find()).isTrue();
    assertThat(lines(Files.readString(MINIMAL))).containsSequence(lines(java.group(1)));
    assertThat(java.find()).as("a second block of Java, which nothing compiles").isFalse();
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
