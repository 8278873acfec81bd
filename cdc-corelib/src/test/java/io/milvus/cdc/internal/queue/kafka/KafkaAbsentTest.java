package io.milvus.cdc.internal.queue.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Users of Pulsar need not have Kafka's client; users of Kafka are told when they have not. */
class KafkaAbsentTest {
  @Test
  void theMessageNamesWhatToAdd() throws Exception {
    URL[] withoutKafka =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("kafka-clients"))
            .map(KafkaAbsentTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader =
        new URLClassLoader(withoutKafka, ClassLoader.getPlatformClassLoader())) {
      Class<?> settings = loader.loadClass(KafkaSettings.class.getName());
      Class<?> endpoint = loader.loadClass(KafkaEndpoint.class.getName());
      Object kafka =
          settings.getConstructors()[0].newInstance(
              endpoint.getMethod("at", String.class).invoke(null, "host:9092"));
      assertThatThrownBy(() -> settings.getMethod("connect").invoke(kafka))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("Add org.apache.kafka:kafka-clients")
          .extracting(failure -> failure.getClass().getSimpleName())
          .isEqualTo("ConfigException");
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
