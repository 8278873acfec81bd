package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Topics of a Pulsar. What is 0, false or null is as {@link PulsarTarget.Builder} has it. */
public record PulsarTopic(
    String serviceUrl, EventChoice events, @Nullable Secret token, @Nullable Path certificates)
    implements TargetSpec {

  static PulsarTopic read(Fields fields, BiFunction<String, String, Secret> secrets) {
    return new PulsarTopic(
        fields.required("pulsar"),
        EventChoice.read(fields),
        TargetSpec.secret(fields, "token", secrets),
        TargetSpec.path(fields, "certificates"));
  }

  @Override
  public String name() {
    return serviceUrl + "/" + events.topic();
  }

  @Override
  public void write(TargetJson into) {
    into.put("pulsar", serviceUrl);
    events.write(into);
    into.put("token", token).put("certificates", certificates);
  }

  @Override
  public PulsarTarget target() {
    PulsarTarget.Builder target = PulsarTarget.builder().serviceUrl(serviceUrl);
    events.tell(target);
    if (token != null) {
      target.token(token.value());
    }
    if (certificates != null) {
      target.certificates(certificates);
    }
    return target.build();
  }
}
