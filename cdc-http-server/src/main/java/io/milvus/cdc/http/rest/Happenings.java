package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.CdcListener;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.event.SchemaEvent;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of an engine's tasks, and passes them to the watchers. It never waits for a
 * watcher.
 */
public final class Happenings implements CdcListener {
  private static final int LONGEST_TEXT = 2000;

  private final InstantSource time;
  private final Watchers watchers;

  public Happenings(InstantSource time) {
    this.time = time;
    this.watchers = new Watchers(Long.toString(time.millis(), Character.MAX_RADIX));
  }

  Watchers watchers() {
    return watchers;
  }

  private void tell(String name, String task, ObjectNode data) {
    data.put("task", task).put("at", time.instant().toString());
    watchers.happened(Event.fleeting(name, task, data));
  }

  private static ObjectNode data() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String brief(@Nullable String text) {
    String known = String.valueOf(text);
    return known.length() > LONGEST_TEXT ? known.substring(0, LONGEST_TEXT) + "…" : known;
  }

  @Override
  public void stateChanged(String task, TaskState from, TaskState to, @Nullable Throwable cause) {
    ObjectNode data = data().put("from", from.name()).put("to", to.name());
    if (cause != null) {
      data.put("cause", brief(cause.getMessage() == null ? cause.toString() : cause.getMessage()));
    }
    tell("state", task, data);
  }

  @Override
  public void schemaApplied(String task, SchemaEvent event) {
    tell("schema", task, ChangeJson.of(event));
  }

  @Override
  public void indexesSynced(String task, String database, String collection, Serving serving) {
    tell("served", task, data().put("database", database).put("collection", collection));
  }

  @Override
  public void accessApplied(String task, AccessName name) {
    tell("access", task, data().put("kind", name.kind().name()).put("name", name.text()));
  }

  /** Reports a dead letter without its message, which the store of dead letters contains. */
  @Override
  public void deadLettered(String task, DeadLetter letter) {
    tell(
        "deadLetter",
        task,
        data()
            .put("channel", letter.channel())
            .put("position", letter.position().text())
            .put("reason", letter.reason().name())
            .put("why", brief(letter.why()))
            .put("collection", letter.collection()));
  }

  @Override
  public void limitationReported(String task, String why) {
    tell("limitation", task, data().put("why", brief(why)));
  }
}
