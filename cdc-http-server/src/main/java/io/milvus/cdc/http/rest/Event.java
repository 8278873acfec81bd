package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Holds an event for watchers, in the format of server-sent events (WHATWG HTML).
 *
 * @param id the position from which a watcher can request later events; empty if the next event of
 *     this kind supersedes this one
 * @param task the id of its task
 */
record Event(String id, String name, String task, JsonNode data) {
  static Event fleeting(String name, String task, JsonNode data) {
    return new Event("", name, task, data);
  }

  /** Returns the text of the event. JSON has no line breaks of its own, so the data is one line. */
  String text() {
    return (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data + "\n\n";
  }
}
