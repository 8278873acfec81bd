package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.EndpointYaml;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.function.BiFunction;

/** A target as a configuration or a task describes it: a Milvus, or topics that tell of changes. */
public sealed interface TargetSpec permits TargetAddress, KafkaTopic, PulsarTopic {
  /** Of two that are of equal name each is the other. */
  String name();

  /**
   * The target itself; nothing is contacted yet.
   *
   * @throws io.milvus.cdc.error.ConfigException where it cannot be one
   */
  ChangeTarget target();

  /** Writes what {@link #read} reads. */
  void write(TargetJson into);

  /** Reads one whose secrets stand as they are. */
  static TargetSpec read(Fields fields) {
    return read(fields, EndpointYaml.PLAIN);
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
}
