package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.http.task.SpecJson;
import io.milvus.cdc.http.task.TargetJson;
import io.milvus.cdc.http.task.TargetSpec;
import io.milvus.cdc.http.task.TaskView;

/** Writes a task for callers, never with a secret. */
final class TaskJson {
  private TaskJson() {}

  static ObjectNode of(TaskView view) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    SpecJson.write(view.record().spec(), node);
    TargetSpec address = view.record().address();
    if (address == null) {
      node.put("target", view.record().spec().target());
    } else {
      node.set(
          "target",
          TargetJson.write(
              address, JsonNodeFactory.instance.objectNode(), (name, secret) -> secret.toString()));
    }
    node.put("state", view.state().name())
        .put("reason", view.reason())
        .put("autoStart", view.record().autoStart())
        .put("created", view.record().created().toString());
    if (view.status() != null) {
      StatusJson.lag(node, view.status().lag());
      node.put("rowsPerSecond", view.status().counters().rate());
    }
    return node;
  }
}
