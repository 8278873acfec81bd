package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.http.task.SpecJson;
import io.milvus.cdc.http.task.TargetAddress;
import io.milvus.cdc.http.task.TaskView;

/** A task as callers see it: never with a secret. */
final class TaskJson {
  private static final double MILLIS = 1000;

  private TaskJson() {}

  static ObjectNode of(TaskView view) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    SpecJson.write(view.record().spec(), node);
    TargetAddress address = view.record().address();
    if (address == null) {
      node.put("target", view.record().spec().target());
    } else {
      node.set("target", address(address));
    }
    node.put("state", view.state().name())
        .put("reason", view.reason())
        .put("autoStart", view.record().autoStart())
        .put("created", view.record().created().toString());
    if (view.status() != null) {
      node.put("lagSeconds", view.status().lag().toMillis() / MILLIS)
          .put("rowsPerSecond", view.status().counters().rate());
    }
    return node;
  }

  private static ObjectNode address(TargetAddress address) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("uri", address.uri());
    if (address.token() != null) {
      node.put("token", address.token().toString());
    }
    if (address.certificates() != null) {
      node.put("certificates", address.certificates().toString());
    }
    if (!address.etcd().isEmpty()) {
      address.etcd().forEach(node.putArray("etcd")::add);
    }
    if (address.makeReplica()) {
      node.put("makeReplica", true);
    }
    if (address.ordinaryRequests()) {
      node.put("ordinaryRequests", true);
    }
    return node;
  }
}
