package io.milvus.cdc.http.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.SpecJson;
import io.milvus.cdc.http.task.TargetAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Selects a task of a running server, to compare the data that it replicates. */
final class TaskOption {
  @Mixin private Remote remote = new Remote();

  @Option(
      names = "--task",
      paramLabel = "ID",
      description =
          "A task of a running server. Compares the task's selection under its names on"
              + " the target, and reads the target as of the task's progress. Default: the"
              + " target is read as it is.")
  private @Nullable String id;

  /** Applies the settings of the task to a comparison. Without a task, does nothing. */
  void apply(Comparison comparison, String target, TargetAddress address)
      throws InterruptedException {
    String task = id;
    if (task == null) {
      return;
    }
    JsonNode answer = remote.send("GET", Remote.path(task), null);
    JsonNode to = answer.path("target");
    String itsTarget = to.isTextual() ? to.asText() : to.path("uri").asText();
    if (!itsTarget.equals(target) && !itsTarget.equals(address.uri())) {
      throw new ConfigException(
          "Task '%s' replicates to '%s', not to '%s'.".formatted(task, itsTarget, target),
          "Set --target to the task's own target, or leave --task out.");
    }
    TaskSpec spec = SpecJson.read(Fields.of(answer, Dialect.EXACT), itsTarget);
    comparison.only(spec.selection()).renamed(spec.names()).targetReadAt(() -> readTimestamp(task));
  }

  private HybridTime readTimestamp(String task) {
    try {
      return new HybridTime(
          remote.send("GET", Remote.path(task) + "/status", null).path("readTimestamp").asLong());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OrderFailure("Interrupted while reading the task's progress from the server", e);
    }
  }
}
