package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.SpecJson;
import io.milvus.cdc.http.task.TargetSpec;
import io.milvus.cdc.http.task.TaskRecord;
import io.milvus.cdc.http.task.Wish;
import java.time.Instant;

/** Reads a request for a new task. */
final class TaskRequest {
  private TaskRequest() {}

  static TaskRecord read(Fields fields, Instant now) {
    JsonNode target = fields.any("target");
    TargetSpec address =
        target.isObject() ? TargetSpec.read(fields.object("target").refuseNulls()) : null;
    if (address == null && !target.isTextual()) {
      throw new ConfigException(
          "'target' is missing.",
          "Set it to a name in the server's configuration, or to an object with uri,"
              + " kafka or pulsar.");
    }
    TaskSpec spec = SpecJson.read(fields, address == null ? target.textValue() : address.name());
    boolean paused = fields.flag("paused", false);
    TaskRecord record = TaskRecord.of(spec, address, now).autoStart(fields.flag("autoStart", true));
    fields.refuseUnread();
    return paused ? record.wish(Wish.PAUSE, "created paused") : record;
  }
}
