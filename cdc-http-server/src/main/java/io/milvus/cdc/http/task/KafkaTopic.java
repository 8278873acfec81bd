package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.EndpointYaml;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import java.util.function.BiFunction;

/**
 * Describes topics of a Kafka. A value of 0 or false selects the default of {@link
 * KafkaTarget.Builder}.
 */
public record KafkaTopic(
    EndpointYaml kafka, EventChoice events, int partitions, int replication, boolean atLeastOnce)
    implements TargetSpec {

  static KafkaTopic read(Fields fields, BiFunction<String, String, Secret> secrets) {
    return new KafkaTopic(
        EndpointYaml.kafka(fields, "", secrets),
        EventChoice.read(fields),
        fields.integer("partitions", 0),
        fields.integer("replication", 0),
        fields.flag("atLeastOnce", false));
  }

  @Override
  public String name() {
    return "kafka://%s/%s".formatted(kafka.address(), events.topic());
  }

  @Override
  public void write(TargetJson into) {
    into.put(kafka);
    events.write(into);
    into.put("partitions", partitions)
        .put("replication", replication)
        .put("atLeastOnce", atLeastOnce);
  }

  @Override
  public KafkaTarget target() {
    KafkaTarget.Builder target =
        KafkaTarget.builder().kafka(kafka.kafka()).partitions(partitions).replication(replication);
    events.tell(target);
    if (atLeastOnce) {
      target.atLeastOnce();
    }
    return target.build();
  }
}
