package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.EndpointYaml;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import java.util.function.BiFunction;

/** Describes topics of a Pulsar. */
public record PulsarTopic(EndpointYaml pulsar, EventChoice events) implements TargetSpec {

  static PulsarTopic read(Fields fields, BiFunction<String, String, Secret> secrets) {
    return new PulsarTopic(EndpointYaml.pulsar(fields, "", secrets), EventChoice.read(fields));
  }

  @Override
  public String name() {
    return pulsar.address() + "/" + events.topic();
  }

  @Override
  public void write(TargetJson into) {
    into.put(pulsar);
    events.write(into);
  }

  @Override
  public PulsarTarget target() {
    PulsarTarget.Builder target = PulsarTarget.builder().pulsar(pulsar.pulsar());
    events.tell(target);
    return target.build();
  }
}
