package io.milvus.cdc.http.go;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.TargetSpec;

/** Holds the target of a {@code create} request: the parameters of Milvus, or of Kafka. */
record Downstream(
    String uri,
    String host,
    int port,
    boolean tls,
    Secret token,
    String username,
    Secret password,
    int connectTimeout,
    String serverCertificate,
    String clientCertificate,
    String clientKey,
    String serverName,
    boolean clientWrites,
    KafkaParameters kafka) {

  static Downstream read(Fields data) {
    Fields milvus = data.object("milvus_connect_param");
    Fields dial = milvus.object("dial_config");
    // Only the type of these matters: channels are discovered, and partitions are always
    // replicated.
    milvus.integer("channel_num", 0);
    milvus.flag("ignore_partition", false);
    return new Downstream(
        milvus.text("uri", ""),
        milvus.text("host", ""),
        milvus.integer("port", 0),
        milvus.flag("enable_tls", false),
        new Secret(milvus.text("token", "")),
        milvus.text("username", ""),
        new Secret(milvus.text("password", "")),
        milvus.integer("connect_timeout", 0),
        dial.text("server_pem_path", dial.text("ca_pem_path", "")),
        dial.text("client_pem_path", ""),
        dial.text("client_key_path", ""),
        dial.text("server_name", ""),
        // The Go server supports only replicas.
        milvus.flag("client_writes", "ordinary_requests", false),
        KafkaParameters.read(data.object("kafka_connect_param")));
  }

  private boolean noMilvus() {
    return uri.isEmpty() && host.isEmpty() && port <= 0;
  }

  /** Checks the parameters in the order of the Go server. */
  void check() {
    if (noMilvus() && kafka.address().isEmpty()) {
      throw GoFailure.client(
          "the downstream address is empty. Set milvus_connect_param.uri, such as"
              + " http://standby:19530.");
    }
    if (!noMilvus() && !kafka.address().isEmpty()) {
      throw GoFailure.client(
          "don't support milvus and kafka at the same time now. Set milvus_connect_param"
              + " or kafka_connect_param, and create two tasks for both.");
    }
    if (!noMilvus()) {
      checkMilvus();
      return;
    }
    kafka.check();
  }

  private void checkMilvus() {
    if (uri.isEmpty() && host.isEmpty()) {
      throw GoFailure.client("the milvus host is empty. Set milvus_connect_param.uri instead.");
    }
    if (uri.isEmpty() && port <= 0) {
      throw GoFailure.client(
          "the milvus port is less or equal zero. Set milvus_connect_param.uri instead.");
    }
    if (username.isEmpty() != password.value().isEmpty()) {
      throw GoFailure.client(
          "cannot set only one of the milvus username and password. Set"
              + " milvus_connect_param.token to user:password.");
    }
    if (connectTimeout < 0) {
      throw GoFailure.client(
          "the milvus connect timeout is less zero: connect_timeout is %d seconds."
              .formatted(connectTimeout));
    }
    if (clientCertificate.isEmpty() != clientKey.isEmpty()) {
      throw GoFailure.client(
          "only one of dial_config.client_pem_path and dial_config.client_key_path is"
              + " set. Set both, or neither.");
    }
  }

  TargetSpec target() {
    if (noMilvus()) {
      return kafka.target();
    }
    ObjectNode ours = JsonNodeFactory.instance.objectNode().put("uri", address());
    ours.put("clientWrites", clientWrites);
    put(ours, "token", login());
    put(ours, "certificates", serverCertificate);
    put(ours, "clientCertificate", clientCertificate);
    put(ours, "clientKey", clientKey);
    put(ours, "serverName", serverName);
    return TargetSpec.read(Fields.of(ours, Dialect.EXACT));
  }

  private String address() {
    return uri.isEmpty() ? "%s://%s:%d".formatted(tls ? "https" : "http", host, port) : uri;
  }

  private String login() {
    if (!token.value().isEmpty()) {
      return token.value();
    }
    return username.isEmpty() ? "" : username + ":" + password.value();
  }

  private static void put(ObjectNode ours, String name, String text) {
    if (!text.isEmpty()) {
      ours.put(name, text);
    }
  }
}
