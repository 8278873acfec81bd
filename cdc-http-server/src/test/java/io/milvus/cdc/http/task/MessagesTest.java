package io.milvus.cdc.http.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library's messages reach users of the server, who have fields and no builders. */
class MessagesTest {
  private static final Path LIBRARY = Path.of("../cdc-corelib/src/main/java");
  private static final Path SERVER = Path.of("src/main/java");
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** Those of builders and endpoints that could be no ordinary word. */
  private static Set<String> settersOfBuilders() {
    return Stream.of(
            MilvusSource.Builder.class,
            MilvusTarget.Builder.class,
            KafkaTarget.Builder.class,
            PulsarTarget.Builder.class,
            EtcdEndpoint.class,
            PulsarEndpoint.class,
            KafkaEndpoint.class,
            MilvusEndpoint.class)
        .flatMap(builder -> Stream.of(builder.getMethods()))
        .map(Method::getName)
        .filter(name -> name.matches("[a-z]+[A-Z].*"))
        .collect(Collectors.toSet());
  }

  private static List<String> texts(Path module) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(module)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        for (String line : Files.readAllLines(file)) {
          if (!line.strip().startsWith("*")) {
            TEXT.matcher(line).results().map(found -> found.group(1)).forEach(texts::add);
          }
        }
      }
    }
    return texts;
  }

  @Test
  void messagesNameFieldsAndNoSettersOfBuilders() throws IOException {
    Set<String> fields = Set.copyOf(texts(SERVER));
    Set<String> setters = settersOfBuilders();
    assertThat(setters).contains("pulsarNamespace", "clientCertificate", "watermarkEvery");
    assertThat(fields).contains("pulsarNamespace", "clientCertificate");
    setters.removeAll(fields);

    Pattern unknown = Pattern.compile("\\b(%s)\\b".formatted(String.join("|", setters)));
    assertThat(texts(LIBRARY)).filteredOn(text -> unknown.matcher(text).find()).isEmpty();
  }
}
