package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that watchers are told, in the format of server-sent events (WHATWG HTML).
 *
 * @param id with which a watcher asks for what came after it; empty where it need not, because the
 *     next one of this kind says it again
 * @param task whose it is
 */
record Event(String id, String name, String task, JsonNode data) {
  static Event fleeting(String name, String task, JsonNode data) {
    return new Event("", name, task, data);
  }

  /** JSON has no line breaks of its own, so the data is one line. */
  String text() {
    return (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data + "\n\n";
  }
}
