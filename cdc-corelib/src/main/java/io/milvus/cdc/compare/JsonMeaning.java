package io.milvus.cdc.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.JSONArray;
import java.util.TreeMap;

/** Normalizes JSON of the same meaning, because a Milvus Lite rewrites it. */
final class JsonMeaning {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonMeaning() {}

  /** Returns the same column with normalized JSON. */
  static FieldData of(FieldData column) {
    if (!column.getScalars().hasJsonData()) {
      return column;
    }
    JSONArray.Builder texts = JSONArray.newBuilder();
    for (ByteString text : column.getScalars().getJsonData().getDataList()) {
      texts.addData(ByteString.copyFromUtf8(oneSpelling(text.toStringUtf8())));
    }
    return column.toBuilder()
        .setScalars(column.getScalars().toBuilder().setJsonData(texts))
        .build();
  }

  static String oneSpelling(String text) {
    try {
      return sorted(JSON.readTree(text)).toString();
    } catch (JsonProcessingException e) {
      // A Lite omits the quotes if the whole value is one text.
      return JsonNodeFactory.instance.textNode(text).toString();
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      ObjectNode sorted = JsonNodeFactory.instance.objectNode();
      TreeMap<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
      members.forEach((name, value) -> sorted.set(name, sorted(value)));
      return sorted;
    }
    if (node.isArray()) {
      ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> sorted.add(sorted(element)));
      return sorted;
    }
    return node;
  }
}
