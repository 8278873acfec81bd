package io.milvus.cdc.http.rest;

import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.SpecJson;

/** Holds the body of a request to copy collections again. */
record ResyncRequest(Selection collections, StartFrom.Existing rows) {
  /**
   * Reads a body.
   *
   * @throws ConfigException if it names no collections, or has unknown fields
   */
  static ResyncRequest read(Fields fields) {
    if (!fields.has("include")) {
      throw new ConfigException(
          "'include' is missing, so no collection is named to copy again.",
          "Set it to names like sales.orders, or to * for everything.");
    }
    ResyncRequest request =
        new ResyncRequest(SpecJson.selection(fields), SpecJson.settings(fields));
    fields.refuseUnread();
    return request;
  }
}
