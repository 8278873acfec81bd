package io.milvus.cdc.http.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends commands to a running server. Each prints JSON, {@code list} prints a table. */
@Command(
    name = "task",
    mixinStandardHelpOptions = true,
    description =
        "Lists, creates, pauses, resumes, resyncs, promotes or deletes tasks of a running server.")
final class TaskCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "%-32s %-10s %10s %10s  %s%n";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  TaskCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void print(JsonNode answer) {
    if (!answer.isMissingNode()) {
      out().println(answer.toPrettyString());
    }
  }

  @Command(mixinStandardHelpOptions = true, description = "All tasks with state, lag and rows/s.")
  void list(@Mixin Remote remote) throws InterruptedException {
    out().printf(ROW, "TASK", "STATE", "LAG", "ROWS/S", "TARGET");
    String after = "";
    do {
      JsonNode page = remote.send("GET", "?limit=1000" + after, null);
      page.path("tasks").forEach(this::row);
      String next = page.path("next").asText("");
      after = next.isEmpty() ? "" : "&after=" + next;
    } while (!after.isEmpty());
    out().flush();
  }

  private void row(JsonNode task) {
    out()
        .printf(
            ROW,
            task.path("id").asText(),
            task.path("state").asText(),
            task.has("lagSeconds") ? "%.1f s".formatted(task.path("lagSeconds").asDouble()) : "?",
            "%.0f".formatted(task.path("rowsPerSecond").asDouble()),
            name(task.path("target")));
    if (!task.path("reason").asText().isEmpty()) {
      out().println("    " + task.path("reason").asText());
    }
  }

  /** Returns the name of a target in the configuration, or the address of any other target. */
  private static String name(JsonNode target) {
    String topic = target.path("topic").asText();
    return Stream.of("uri", "kafka", "pulsar")
        .filter(target::has)
        .findFirst()
        .map(kind -> target.path(kind).asText() + (topic.isEmpty() ? "" : ", topic " + topic))
        .orElseGet(target::asText);
  }

  @Command(mixinStandardHelpOptions = true, description = "The requested settings, and the state.")
  void show(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    print(remote.send("GET", Remote.path(id), null));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The progress of a task, channel by channel.")
  void status(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    print(remote.send("GET", Remote.path(id) + "/status", null));
  }

  @Command(mixinStandardHelpOptions = true, description = "Creates a task and starts it.")
  void create(
      @Mixin Remote remote,
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--target",
              required = true,
              paramLabel = "NAME|URL",
              description = "A target of the server's configuration, or an address.")
          String target,
      @Option(
              names = "--target-token",
              paramLabel = "TOKEN",
              description =
                  "user:password, if --target is an address. Prompted for if no value follows.",
              interactive = true,
              arity = "0..1")
          @Nullable String targetToken,
      @Option(
              names = "--include",
              split = ",",
              paramLabel = "NAME",
              description = "Databases, and collections as database.collection; * for everything.")
          @Nullable List<String> include,
      @Option(
              names = "--exclude",
              split = ",",
              paramLabel = "NAME",
              description = "Databases and collections to leave out.")
          @Nullable List<String> exclude,
      @Option(
              names = "--start-from",
              paramLabel = "WHEN",
              defaultValue = "earliest",
              description = "earliest, latest or existing. Default: ${DEFAULT-VALUE}")
          String startFrom,
      @Option(names = "--paused", description = "Waits to be resumed.") boolean paused)
      throws InterruptedException {
    ObjectNode task = JSON.createObjectNode().put("id", id).put("startFrom", startFrom);
    put(task, "include", include);
    put(task, "exclude", exclude);
    task.put("paused", paused);
    if (target.contains("://")) {
      ObjectNode address = task.putObject("target").put("uri", target);
      if (targetToken != null) {
        address.put("token", targetToken);
      }
    } else {
      task.put("target", target);
    }
    print(remote.send("POST", "", task));
  }

  private static void put(ObjectNode task, String name, @Nullable List<String> values) {
    if (values != null) {
      new ArrayList<>(values).forEach(task.putArray(name)::add);
    }
  }

  @Command(mixinStandardHelpOptions = true, description = "Pauses a task, also through restarts.")
  void pause(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    print(remote.send("POST", Remote.path(id) + "/pause", null));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Resumes a task after a pause or a failure.")
  void resume(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    print(remote.send("POST", Remote.path(id) + "/resume", null));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Drops collections on the target, and copies all their rows again.")
  void resync(
      @Mixin Remote remote,
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--include",
              required = true,
              split = ",",
              paramLabel = "NAME",
              description = "Databases, and collections as database.collection; * for everything.")
          List<String> include,
      @Option(names = "--flush", description = "Asks the source to flush the collections first.")
          boolean flush)
      throws InterruptedException {
    ObjectNode order = JSON.createObjectNode().put("flush", flush);
    put(order, "include", include);
    print(remote.send("POST", Remote.path(id) + "/resync", order));
  }

  @Command(mixinStandardHelpOptions = true, description = "Fails over to the task's target.")
  void promote(
      @Mixin Remote remote,
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--incomplete",
              description = "Fails over even if existing rows are not copied yet.")
          boolean incomplete)
      throws InterruptedException {
    String query = incomplete ? "?incomplete=true" : "";
    print(remote.send("POST", Remote.path(id) + "/promote" + query, null));
  }

  @Command(mixinStandardHelpOptions = true, description = "Undoes a promotion.")
  void demote(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    print(remote.send("POST", Remote.path(id) + "/demote", null));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Deletes a task with its checkpoint. The data on the target stays.")
  void delete(
      @Mixin Remote remote,
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--leftovers",
              description =
                  "Removes the data that the source retains for a task that the server does not"
                      + " have.")
          boolean leftovers)
      throws InterruptedException {
    print(remote.send("DELETE", Remote.path(id) + (leftovers ? "?leftovers=true" : ""), null));
  }
}
