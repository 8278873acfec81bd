package io.milvus.cdc.http.task;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Topics of a Kafka. What is 0, false or null is as {@link KafkaTarget.Builder} has it.
 *
 * @param servers the brokers, several separated by commas
 */
public record KafkaTopic(
    String servers,
    EventChoice events,
    int partitions,
    int replication,
    @Nullable String mechanism,
    @Nullable String user,
    @Nullable Secret password,
    boolean tls,
    @Nullable Path certificates,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    boolean atLeastOnce)
    implements TargetSpec {
  public KafkaTopic {
    if ((user == null) != (password == null)) {
      throw new ConfigException("Give both 'user' and 'password' for Kafka, or none of them.");
    }
  }

  static KafkaTopic read(Fields fields, BiFunction<String, String, Secret> secrets) {
    return new KafkaTopic(
        fields.required("kafka"),
        EventChoice.read(fields),
        fields.integer("partitions", 0),
        fields.integer("replication", 0),
        fields.text("mechanism"),
        fields.text("user"),
        TargetSpec.secret(fields, "password", secrets),
        fields.flag("tls", false),
        TargetSpec.path(fields, "certificates"),
        TargetSpec.path(fields, "clientCertificate"),
        TargetSpec.path(fields, "clientKey"),
        fields.flag("atLeastOnce", false));
  }

  @Override
  public String name() {
    return "kafka://%s/%s".formatted(servers, events.topic());
  }

  @Override
  public void write(TargetJson into) {
    into.put("kafka", servers);
    events.write(into);
    into.put("partitions", partitions)
        .put("replication", replication)
        .put("mechanism", mechanism)
        .put("user", user)
        .put("password", password)
        .put("tls", tls)
        .put("certificates", certificates)
        .put("clientCertificate", clientCertificate)
        .put("clientKey", clientKey)
        .put("atLeastOnce", atLeastOnce);
  }

  @Override
  public KafkaTarget target() {
    KafkaTarget.Builder target =
        KafkaTarget.builder()
            .bootstrapServers(servers)
            .partitions(partitions)
            .replication(replication);
    events.tell(target);
    if (user != null && password != null) {
      target.login(mechanism == null ? "PLAIN" : mechanism, user, password.value());
    }
    if (tls) {
      target.tls();
    }
    if (certificates != null) {
      target.certificates(certificates);
    }
    if (clientCertificate != null && clientKey != null) {
      target.clientCertificate(clientCertificate, clientKey);
    }
    if (atLeastOnce) {
      target.atLeastOnce();
    }
    return target.build();
  }
}
