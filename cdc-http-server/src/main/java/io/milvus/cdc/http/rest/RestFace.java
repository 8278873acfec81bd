package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.PromotionPendingException;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.TaskRecord;
import io.milvus.cdc.http.task.TaskView;
import io.milvus.cdc.http.task.Tasks;
import io.milvus.cdc.http.task.UnfitTaskException;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.BadCallException;
import io.milvus.cdc.http.web.Call;
import io.milvus.cdc.http.web.Problems;
import io.milvus.cdc.http.web.Route;
import io.milvus.cdc.preflight.Finding;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Serves the tasks of a server under {@code /api/v1/tasks}. */
public final class RestFace {
  private static final String TASKS = "/api/v1/tasks";
  private static final String TASK = TASKS + "/{id}";
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1000;

  private final Tasks tasks;
  private final InstantSource time;

  public RestFace(Tasks tasks, InstantSource time) {
    this.tasks = tasks;
    this.time = time;
  }

  public List<Route> routes() {
    return List.of(
        Route.of("GET", TASKS, this::list),
        Route.of("POST", TASKS, this::create),
        Route.of("POST", "/api/v1/preflight", this::preflight),
        Route.of("GET", TASK, this::get),
        Route.of("DELETE", TASK, this::delete),
        Route.of("GET", TASK + "/status", this::status),
        Route.of("GET", TASK + "/positions", this::positions),
        Route.of("POST", TASK + "/pause", this::pause),
        Route.of("POST", TASK + "/resume", this::resume),
        Route.of("POST", TASK + "/resync", this::resync),
        Route.of("POST", TASK + "/promote", this::promote),
        Route.of("POST", TASK + "/demote", this::demote));
  }

  private Answer create(Call call) throws InterruptedException {
    Fields fields = Fields.of(call.body(), Dialect.EXACT);
    TaskRecord record = TaskRequest.read(fields, time.instant());
    call.changes("create task=" + record.id());
    boolean made;
    try {
      made = tasks.create(record);
    } catch (UnfitTaskException e) {
      return Problems.of(400, e.getMessage(), "findings", FindingsJson.of(e.findings()));
    }
    return Answer.json(made ? 201 : 200, Answer.JSON, TaskJson.of(tasks.view(record.id())))
        .header("Location", TASKS + "/" + record.id());
  }

  /**
   * Returns success even for a task that would not replicate, because the findings are the
   * requested result.
   */
  private Answer preflight(Call call) throws InterruptedException {
    Fields fields = Fields.of(call.body(), Dialect.EXACT);
    List<Finding> findings = tasks.check(TaskRequest.read(fields, time.instant()));
    return Answer.json(
        JsonNodeFactory.instance
            .objectNode()
            .put("passed", findings.stream().noneMatch(Finding::isBlocking))
            .set("findings", FindingsJson.of(findings)));
  }

  private Answer list(Call call) {
    int limit = limit(call.query("limit"));
    String after = call.query("after");
    List<TaskView> found =
        tasks.list().stream()
            .filter(view -> after == null || view.id().compareTo(after) > 0)
            .filter(state(call.query("state")))
            .filter(target(call.query("target")))
            .limit(limit + 1L)
            .toList();
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode list = page.putArray("tasks");
    found.stream().limit(limit).map(TaskJson::of).forEach(list::add);
    if (found.size() > limit) {
      page.put("next", found.get(limit - 1).id());
    }
    return Answer.json(page);
  }

  private static boolean flag(Call call, String name) {
    String text = call.query(name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw new BadCallException(
          400, "'%s' is '%s'. Set it to true or false.".formatted(name, text));
    }
    return "true".equals(text);
  }

  private static int limit(@Nullable String text) {
    try {
      int limit = text == null ? PAGE : Integer.parseInt(text);
      if (limit >= 1 && limit <= LONGEST_PAGE) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw badLimit(text);
    }
    throw badLimit(text);
  }

  private static BadCallException badLimit(@Nullable String text) {
    return new BadCallException(
        400, "'limit' is '%s'. Set it to a number from 1 to %d.".formatted(text, LONGEST_PAGE));
  }

  private static Predicate<TaskView> state(@Nullable String name) {
    if (name == null) {
      return view -> true;
    }
    return Arrays.stream(TaskState.values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .<Predicate<TaskView>>map(state -> view -> view.state() == state)
        .orElseThrow(
            () ->
                new BadCallException(
                    400,
                    "'state' is '%s'. Set it to one of %s."
                        .formatted(name, Arrays.toString(TaskState.values()))));
  }

  private static Predicate<TaskView> target(@Nullable String name) {
    return view -> name == null || view.record().spec().target().equals(name);
  }

  private Answer get(Call call) {
    return view(call);
  }

  private Answer view(Call call) {
    return Answer.json(TaskJson.of(tasks.view(call.parameter("id"))));
  }

  private Answer status(Call call) {
    return Answer.json(StatusJson.of(tasks.view(call.parameter("id"))));
  }

  private Answer positions(Call call) {
    return Answer.json(StatusJson.positions(tasks.view(call.parameter("id"))));
  }

  private Answer pause(Call call) {
    call.changes("pause task=" + call.parameter("id"));
    tasks.pause(call.parameter("id"), "paused through the API");
    return view(call);
  }

  private Answer resume(Call call) {
    call.changes("resume task=" + call.parameter("id"));
    tasks.resume(call.parameter("id"));
    return view(call);
  }

  private Answer resync(Call call) {
    ResyncRequest request = ResyncRequest.read(Fields.of(call.body(), Dialect.EXACT));
    call.changes(
        "resync task=%s collections=%s".formatted(call.parameter("id"), request.collections()));
    tasks.resync(call.parameter("id"), request.collections(), request.rows());
    return view(call);
  }

  private Answer promote(Call call) throws InterruptedException {
    boolean incomplete = flag(call, "incomplete");
    call.changes(
        "promote task=%s%s".formatted(call.parameter("id"), incomplete ? " incomplete" : ""));
    try {
      return Answer.json(StatusJson.promotion(tasks.promote(call.parameter("id"), incomplete)));
    } catch (PromotionPendingException e) {
      return Problems.of(409, e.getMessage(), "promotion", StatusJson.promotion(e.promotion()));
    }
  }

  private Answer demote(Call call) throws InterruptedException {
    call.changes("demote task=" + call.parameter("id"));
    tasks.demote(call.parameter("id"));
    return view(call);
  }

  private Answer delete(Call call) {
    call.changes("delete task=" + call.parameter("id"));
    if (flag(call, "leftovers")) {
      tasks.removeLeftovers(call.parameter("id"));
    } else {
      tasks.delete(call.parameter("id"));
    }
    return Answer.nothing();
  }
}
