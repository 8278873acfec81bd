package io.milvus.cdc.targets.milvus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Converts parameters of an index between their two spellings. Each is separate, or some of them
 * are JSON under the name {@code params}. Clients write the second form, and a Milvus Lite returns
 * it (Milvus 2.3 internal/proxy/task_index.go parseIndexParams).
 */
final class IndexParameters {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOGETHER = "params";
  private static final Set<String> KINDS = Set.of("index_type", "metric_type");
  private static final Set<String> NEVER_TOGETHER =
      Set.of("index_type", "metric_type", "mmap.enabled", TOGETHER);

  private IndexParameters() {}

  /** Returns each parameter separately, with kinds in capitals. */
  static Map<String, String> flat(Map<String, String> parameters) {
    Map<String, String> flat = new TreeMap<>();
    parameters.forEach(
        (name, value) -> {
          JsonNode together = name.equals(TOGETHER) ? parse(value) : null;
          if (together != null && together.isObject()) {
            together.properties().forEach(it -> flat.put(it.getKey(), it.getValue().asText()));
          } else {
            flat.put(name, KINDS.contains(name) ? value.toUpperCase(Locale.ROOT) : value);
          }
        });
    return flat;
  }

  /** Returns the parameters that are not kinds as JSON, with numbers as numbers. */
  static Map<String, String> packed(Map<String, String> parameters) {
    Map<String, String> packed = new TreeMap<>();
    ObjectNode together = JSON.createObjectNode();
    flat(parameters)
        .forEach(
            (name, value) -> {
              if (NEVER_TOGETHER.contains(name)) {
                packed.put(name, value);
              } else {
                JsonNode number = parse(value);
                together.set(
                    name,
                    number != null && number.isValueNode() ? number : together.textNode(value));
              }
            });
    packed.put(TOGETHER, together.toString());
    return packed;
  }

  private static @Nullable JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
