package io.milvus.cdc.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Call;
import io.milvus.cdc.http.web.Directory;
import io.milvus.cdc.http.web.Problems;
import io.milvus.cdc.http.web.Route;
import java.util.List;
import java.util.function.Supplier;

/**
 * Answers requests while another server is active. Reports that this server lives but is not ready,
 * so that no requests are routed to it. Includes the address of the active server.
 */
record Standby(Supplier<String> other) {
  Directory directory() {
    return new Directory(
        List.of(
            Route.open("GET", "/healthz", call -> Answer.text("text/plain", "OK\n")),
            Route.open("GET", "/readyz", this::ready)),
        call -> refusal());
  }

  private Answer ready(Call call) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("ready", false)
            .put("standby", true)
            .put("active", other.get());
    return Answer.json(body).status(503);
  }

  private Answer refusal() {
    String active = other.get();
    return Problems.of(
        503,
        "This server stands by. Ask the active server, %s.".formatted(active),
        "active",
        TextNode.valueOf(active));
  }
}
