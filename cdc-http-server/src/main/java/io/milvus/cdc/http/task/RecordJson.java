package io.milvus.cdc.http.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import java.time.Instant;

/** Writes tasks for stores, with secrets encrypted by a vault. */
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
      node.set(
          "address",
          TargetJson.write(
              task.address(),
              JSON.createObjectNode(),
              (name, secret) -> vault.close(task.id(), name, secret)));
    }
    return node;
  }

  /**
   * Reads the format of {@link #write}.
   *
   * @throws io.milvus.cdc.error.ConfigException if the vault has another key
   */
  TaskRecord read(JsonNode node) {
    Fields fields = Fields.of(node, Dialect.EXACT);
    String id = fields.required("id");
    return new TaskRecord(
        SpecJson.read(fields, fields.required("target")),
        fields.has("address")
            ? TargetSpec.read(
                fields.object("address"), (name, closed) -> vault.open(id, name, closed))
            : null,
        Wish.valueOf(fields.required("wish")),
        fields.flag("autoStart", true),
        fields.text("reason", ""),
        Instant.parse(fields.required("created")),
        fields.text("origin", ""));
  }
}
