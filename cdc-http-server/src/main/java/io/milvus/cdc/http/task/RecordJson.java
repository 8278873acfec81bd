package io.milvus.cdc.http.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.Secret;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tasks as stores keep them, their secrets closed by a vault. */
final class RecordJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vault vault;

  RecordJson(Vault vault) {
    this.vault = vault;
  }

  JsonNode write(TaskRecord task) {
    ObjectNode node = JSON.createObjectNode();
    SpecJson.write(task.spec(), node);
    node.put("target", task.spec().target())
        .put("wish", task.wish().name())
        .put("autoStart", task.autoStart())
        .put("reason", task.reason())
        .put("created", task.created().toString())
        .put("origin", task.origin());
    if (task.address() != null) {
      node.set("address", address(task.id(), task.address()));
    }
    return node;
  }

  private ObjectNode address(String task, TargetAddress address) {
    ObjectNode node = JSON.createObjectNode().put("uri", address.uri());
    put(node, "token", close(task, "token", address.token()));
    put(node, "certificates", address.certificates());
    address.etcd().forEach(node.putArray("etcd")::add);
    put(node, "rootPath", address.rootPath());
    put(node, "etcdUser", address.etcdUser());
    put(node, "etcdPassword", close(task, "etcdPassword", address.etcdPassword()));
    put(node, "etcdCertificates", address.etcdCertificates());
    return node.put("makeReplica", address.makeReplica())
        .put("ordinaryRequests", address.ordinaryRequests());
  }

  private @Nullable String close(String task, String name, @Nullable Secret secret) {
    return secret == null ? null : vault.close(task, name, secret);
  }

  private static void put(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws io.milvus.cdc.error.ConfigException where the vault's key is another one
   */
  TaskRecord read(JsonNode node) {
    Fields fields = Fields.of(node, Dialect.EXACT);
    String id = fields.required("id");
    return new TaskRecord(
        SpecJson.read(fields, fields.required("target")),
        fields.has("address") ? address(id, fields.object("address")) : null,
        Wish.valueOf(fields.required("wish")),
        fields.flag("autoStart", true),
        fields.text("reason", ""),
        Instant.parse(fields.required("created")),
        fields.text("origin", ""));
  }

  private TargetAddress address(String task, Fields fields) {
    return new TargetAddress(
        fields.required("uri"),
        open(task, "token", fields.text("token")),
        path(fields.text("certificates")),
        fields.texts("etcd"),
        fields.text("rootPath"),
        fields.text("etcdUser"),
        open(task, "etcdPassword", fields.text("etcdPassword")),
        path(fields.text("etcdCertificates")),
        fields.flag("makeReplica", false),
        fields.flag("ordinaryRequests", false));
  }

  private @Nullable Secret open(String task, String name, @Nullable String closed) {
    return closed == null ? null : vault.open(task, name, closed);
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }
}
