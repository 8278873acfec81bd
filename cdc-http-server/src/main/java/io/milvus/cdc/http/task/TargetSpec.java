package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.EndpointYaml;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.function.BiFunction;

/** Describes a target in a configuration or a task: a Milvus, or topics for changes. */
public sealed interface TargetSpec permits TargetAddress, KafkaTopic, PulsarTopic {
  /** Returns the name. Targets with equal names are the same target. */
  String name();

  /**
   * Creates the target. Contacts nothing yet.
   *
   * @throws io.milvus.cdc.error.ConfigException if the description is not valid
   */
  ChangeTarget target();

  /** Writes the format of {@link #read}. */
  void write(TargetJson into);

  /** Reads a description whose secrets are plain text. */
  static TargetSpec read(Fields fields) {
    return read(fields, EndpointYaml.PLAIN);
  }

  /**
   * Reads a description. Its names determine its kind.
   *
   * @param secrets creates a secret from its name and its stored text
   */
  static TargetSpec read(Fields fields, BiFunction<String, String, Secret> secrets) {
    if (fields.has("kafka")) {
      return KafkaTopic.read(fields, secrets);
    }
    return fields.has("pulsar")
        ? PulsarTopic.read(fields, secrets)
        : TargetAddress.read(fields, secrets);
  }
}
