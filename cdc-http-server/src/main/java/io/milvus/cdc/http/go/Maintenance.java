package io.milvus.cdc.http.go;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.http.fields.Fields;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Runs operations on the server itself. The state reports an error, with code 200. */
final class Maintenance {
  private static final Set<String> LEVELS =
      Set.of("trace", "debug", "info", "warn", "error", "off");

  ObjectNode handle(Fields data) {
    String operation = DecodeFailure.of(() -> data.text("operation", ""));
    Fields parameters = DecodeFailure.of(() -> data.object("params"));
    return JsonNodeFactory.instance
        .objectNode()
        .put(
            "State",
            switch (operation) {
              case "set_log_level" -> level(parameters.any("log_level"));
              // The Go server samples messages into its log; this server never logs messages.
              case "set_force_log_msg", "reset_log_msg" ->
                  "logger is nil: this server never writes messages into its log";
              default -> "unsupported operation: " + operation;
            });
  }

  private static String level(JsonNode wanted) {
    if (wanted.isMissingNode() || wanted.isNull()) {
      return "log_level is required";
    }
    String name = wanted.asText().toLowerCase(Locale.ROOT);
    if (!LEVELS.contains(name)) {
      return "parse log level failed: '%s' is none of %s".formatted(wanted.asText(), LEVELS);
    }
    Logger ours = (Logger) LoggerFactory.getLogger("io.milvus.cdc");
    ours.setLevel(Level.toLevel(name));
    return "set log level to " + name;
  }
}
