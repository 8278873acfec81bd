package io.milvus.cdc.http.go;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.http.fields.Fields;
import java.util.List;

/**
 * Selects the parts of a {@code create} request that {@code get} and {@code list} show, never a
 * secret.
 */
final class Origin {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Origin() {}

  static String of(Fields data, Downstream downstream) {
    ObjectNode origin = JSON.createObjectNode();
    ObjectNode milvus = origin.putObject("milvus_connect_param");
    milvus
        .put("host", downstream.host())
        .put("port", downstream.port())
        .put("enable_tls", downstream.tls())
        .put("uri", downstream.uri())
        .put("connect_timeout", downstream.connectTimeout());
    Fields given = data.object("milvus_connect_param");
    milvus.put("channel_num", given.integer("channel_num", 0));
    milvus.put("ignore_partition", given.flag("ignore_partition", false));
    downstream.kafka().write(origin.putObject("kafka_connect_param"));
    for (String list : List.of("collection_infos", "db_collections")) {
      JsonNode value = data.any(list);
      origin.set(list, value.isMissingNode() ? JSON.nullNode() : value);
    }
    return origin.toString();
  }
}
