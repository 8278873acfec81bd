package io.milvus.cdc.http.go;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.EndpointYaml;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.KafkaTopic;
import io.milvus.cdc.http.task.TargetSpec;
import java.util.Locale;
import java.util.Set;

/**
 * Holds {@code kafka_connect_param} of the Go server, and our own {@code certificates}: a PEM file
 * on the server's disk. The Go server stores the login without using it; this server uses it.
 */
record KafkaParameters(
    String address,
    String topic,
    boolean sasl,
    String username,
    Secret password,
    String mechanisms,
    String protocol,
    String certificates) {
  private static final Set<String> PROTOCOLS =
      Set.of("", "PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

  static KafkaParameters read(Fields kafka) {
    Fields sasl = kafka.object("sasl");
    return new KafkaParameters(
        kafka.text("address", ""),
        kafka.text("topic", ""),
        kafka.flag("enable_sasl", false),
        sasl.text("username", ""),
        new Secret(sasl.text("password", "")),
        sasl.text("mechanisms", ""),
        sasl.text("security_protocol", ""),
        kafka.text("certificates", ""));
  }

  /** Returns the parameters that a Go client sees for a task of another kind of client. */
  static KafkaParameters of(KafkaTopic topic) {
    EndpointYaml kafka = topic.kafka();
    boolean login = kafka.user() != null;
    String protocol = (login ? "SASL_" : "") + (kafka.tls() ? "SSL" : "PLAINTEXT");
    String mechanism = kafka.mechanism();
    return new KafkaParameters(
        kafka.address(),
        topic.events().topic(),
        login,
        "",
        new Secret(""),
        mechanism == null ? "" : mechanism,
        protocol,
        "");
  }

  /** Writes the parameters without the user and the password, as the Go server does. */
  void write(ObjectNode into) {
    into.put("address", address).put("topic", topic).put("enable_sasl", sasl);
    into.putObject("sasl")
        .put("username", "")
        .put("password", "")
        .put("mechanisms", mechanisms)
        .put("security_protocol", protocol);
  }

  void check() {
    if (topic.isEmpty()) {
      throw GoFailure.client("the kafka topic is empty. Set kafka_connect_param.topic.");
    }
    if (sasl && (username.isEmpty() || password.value().isEmpty())) {
      throw GoFailure.client(
          "kafka_connect_param.enable_sasl is true, and sasl.username or sasl.password is"
              + " missing. Set both.");
    }
    if (!PROTOCOLS.contains(protocol.toUpperCase(Locale.ROOT))) {
      throw GoFailure.client(
          ("kafka_connect_param.sasl.security_protocol is '%s'. Set it to PLAINTEXT, SSL,"
                  + " SASL_PLAINTEXT or SASL_SSL.")
              .formatted(protocol));
    }
    if (!sasl && protocol.toUpperCase(Locale.ROOT).startsWith("SASL")) {
      throw GoFailure.client(
          ("kafka_connect_param.sasl.security_protocol is '%s', and enable_sasl is not"
                  + " true. Set enable_sasl to true, and set sasl.username and sasl.password.")
              .formatted(protocol));
    }
  }

  TargetSpec target() {
    ObjectNode ours = JsonNodeFactory.instance.objectNode();
    ours.put("kafka", address).put("topic", topic);
    ours.put("tls", protocol.toUpperCase(Locale.ROOT).endsWith("SSL"));
    if (!certificates.isEmpty()) {
      ours.put("certificates", certificates);
    }
    if (sasl) {
      ours.put("user", username).put("password", password.value());
    }
    if (sasl && !mechanisms.isEmpty()) {
      ours.put("mechanism", mechanisms);
    }
    return TargetSpec.read(Fields.of(ours, Dialect.EXACT));
  }
}
