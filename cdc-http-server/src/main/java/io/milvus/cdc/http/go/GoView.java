package io.milvus.cdc.http.go;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.http.task.Backstage;
import io.milvus.cdc.http.task.KafkaTopic;
import io.milvus.cdc.http.task.TaskRecord;
import io.milvus.cdc.http.task.TaskView;
import java.util.List;
import java.util.TreeMap;

/** Shows tasks in the format of the Go server. */
final class GoView {
  static final String RUNNING = "Running";
  static final String PAUSED = "Paused";

  /** Marks positions of a whole task. The Go server has the id of a collection here. */
  private static final long WHOLE_TASK = -1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Backstage backstage;

  GoView(Backstage backstage) {
    this.backstage = backstage;
  }

  /**
   * Returns the Go server's name of a state. It knows Initial, Running and Paused, and shows a
   * failed task as paused.
   */
  static String state(TaskState state) {
    return switch (state) {
      case STARTING, RUNNING, RETRYING -> RUNNING;
      case PAUSED, FAILED, PROMOTING, PROMOTED, CLOSED, DELETED -> PAUSED;
    };
  }

  /** Returns a message with the names that requests of Go clients use. */
  static String words(String message) {
    return message.replace("clientWrites", "milvus_connect_param.client_writes");
  }

  ObjectNode list(List<TaskView> tasks) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("tasks");
    tasks.forEach(task -> list.add(task(task)));
    return answer;
  }

  ObjectNode task(TaskView view) {
    TaskRecord record = view.record();
    ObjectNode task = JSON.createObjectNode().put("task_id", view.id());
    if (record.origin().isEmpty()) {
      task.setAll(fromElsewhere(record));
    } else {
      task.setAll(origin(record));
    }
    task.put("state", state(view.state()));
    if (!view.reason().isEmpty()) {
      task.put("reason", words(view.reason()));
    }
    notes(view, task);
    return task;
  }

  /** Adds the notes. The Go server has none and does not report excluded data. */
  static void notes(TaskView view, ObjectNode into) {
    if (!view.notes().isEmpty()) {
      view.notes().forEach(into.putArray("notes")::add);
    }
  }

  private static ObjectNode origin(TaskRecord record) {
    try {
      return (ObjectNode) JSON.readTree(record.origin());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The stored part of a request is not valid JSON", e);
    }
  }

  /** Shows a task that another kind of client created, with an entry for each name. */
  private static ObjectNode fromElsewhere(TaskRecord record) {
    ObjectNode task = JSON.createObjectNode();
    if (record.address() instanceof KafkaTopic topic) {
      KafkaParameters.of(topic).write(task.putObject("kafka_connect_param"));
    } else {
      task.putObject("milvus_connect_param").put("uri", record.spec().target());
    }
    ObjectNode databases = task.putObject("db_collections");
    for (String name : record.spec().selection().included().stream().sorted().toList()) {
      int dot = name.indexOf('.');
      databases
          .withArrayProperty(dot < 0 ? name : name.substring(0, dot))
          .addObject()
          .put("name", dot < 0 ? "*" : name.substring(dot + 1));
    }
    return task;
  }

  ObjectNode noPositions() {
    ObjectNode answer = JSON.createObjectNode();
    List.of("positions", "op_positions", "target_positions").forEach(answer::putNull);
    return answer;
  }

  /**
   * Returns the positions from which a task would resume. Our positions belong to channels, not to
   * collections. The remaining positions of the Go server do not exist here.
   */
  ObjectNode positions(TaskView view) {
    ObjectNode answer = noPositions();
    TaskStatus status = view.status();
    if (status == null || status.checkpoint().positions().isEmpty()) {
      return answer;
    }
    StartFrom.At at = status.checkpoint();
    ArrayNode positions = answer.putArray("positions");
    new TreeMap<>(at.positions())
        .forEach(
            (channel, position) ->
                positions
                    .addObject()
                    .put("collection_id", WHOLE_TASK)
                    .put("channel_name", channel)
                    .put("time", Timestamps.millis(at.watermark().value()))
                    .put("tt", at.watermark().value())
                    .put("msg_id", backstage.messagePosition(channel, position, at.watermark())));
    return answer;
  }
}
