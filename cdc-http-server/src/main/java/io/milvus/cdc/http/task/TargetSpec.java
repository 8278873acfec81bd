package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.ChangeTarget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A target as a configuration or a task describes it: a Milvus, or topics that tell of changes. */
public sealed interface TargetSpec permits TargetAddress, KafkaTopic, PulsarTopic {
  /** Of two that are of equal name each is the other. */
  String name();

  /**
   * The target itself; nothing is contacted yet.
   *
   * @throws ConfigException where it cannot be one
   */
  ChangeTarget target();

  /** Writes what {@link #read} reads. */
  void write(TargetJson into);

  /** Reads one whose secrets stand as they are. */
  static TargetSpec read(Fields fields) {
    return read(fields, (name, text) -> new Secret(text));
  }

  /**
   * Reads one, of the kind that its names say.
   *
   * @param secrets makes a secret of its name and the text that stands for it
   */
  static TargetSpec read(Fields fields, BiFunction<String, String, Secret> secrets) {
    if (fields.has("kafka")) {
      return KafkaTopic.read(fields, secrets);
    }
    return fields.has("pulsar")
        ? PulsarTopic.read(fields, secrets)
        : TargetAddress.read(fields, secrets);
  }

  static @Nullable Secret secret(
      Fields fields, String name, BiFunction<String, String, Secret> secrets) {
    String text = fields.text(name);
    return text == null || text.isEmpty() ? null : secrets.apply(name, text);
  }

  static @Nullable Path path(Fields fields, String name) {
    String text = fields.text(name);
    try {
      return text == null ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException("A path to a file is none: " + e.getMessage(), e);
    }
  }
}
