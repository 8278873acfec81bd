package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.milvus.cdc.preflight.Finding;
import java.util.List;

/** Writes the findings of a check. */
final class FindingsJson {
  private FindingsJson() {}

  static ArrayNode of(List<Finding> findings) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      list.addObject()
          .put("severity", finding.severity().name())
          .put("what", finding.what())
          .put("cure", finding.cure());
    }
    return list;
  }
}
