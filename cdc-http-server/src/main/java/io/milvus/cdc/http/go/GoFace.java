package io.milvus.cdc.http.go;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.ServerConfig.Limits;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.http.task.Backstage;
import io.milvus.cdc.http.task.TaskRecord;
import io.milvus.cdc.http.task.TaskRefusal;
import io.milvus.cdc.http.task.TaskView;
import io.milvus.cdc.http.task.Tasks;
import io.milvus.cdc.http.task.UnfitTaskException;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.BadCallException;
import io.milvus.cdc.http.web.Call;
import io.milvus.cdc.http.web.Problems;
import io.milvus.cdc.http.web.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code POST /cdc}. The HTTP status is always 200; the code is in the body (Go server,
 * server/server.go).
 */
public final class GoFace {
  private static final Logger LOG = LoggerFactory.getLogger(GoFace.class);

  private final Tasks tasks;
  private final CreateRequest creation;
  private final GoView view;
  private final Maintenance maintenance = new Maintenance();
  private final InstantSource time;
  private final RequestMeters meters;
  private final Map<String, Handler> handlers = new TreeMap<>();

  /** Reads the data of a request, and then executes the request. */
  private interface Handler {
    @Nullable ObjectNode handle(Fields data, Call call) throws InterruptedException;
  }

  /**
   * Creates the API.
   *
   * @param replicateChannel the only channel that requests may name; null if any is accepted
   * @param registry counts the requests
   */
  public GoFace(
      Tasks tasks,
      Backstage backstage,
      Limits limits,
      @Nullable String replicateChannel,
      InstantSource time,
      MeterRegistry registry) {
    this.meters = new RequestMeters(registry);
    this.tasks = tasks;
    this.creation = new CreateRequest(backstage::startAfter, limits, replicateChannel);
    this.view = new GoView(backstage);
    this.time = time;
    handlers.put("create", this::create);
    handlers.put("delete", this::delete);
    handlers.put("pause", this::pause);
    handlers.put("resume", this::resume);
    handlers.put("get", this::get);
    handlers.put("position", this::position);
    handlers.put("list", (data, call) -> view.list(tasks.list()));
    handlers.put("maintenance", (data, call) -> maintenance.handle(data));
  }

  public List<Route> routes() {
    return List.of(Route.of(Route.ANY, "/cdc", this::answer));
  }

  private Answer answer(Call call) throws InterruptedException {
    if (!call.method().equals("POST")) {
      meters.refused("invalid_method");
      return failure(call, 405, "only support the POST method");
    }
    Fields request;
    String type;
    try {
      request = Fields.of(call.body(), Dialect.GO);
      type = request.text("request_type", "");
    } catch (BadCallException | ConfigException e) {
      boolean tooLong = e instanceof BadCallException bad && bad.status() == 413;
      meters.refused(tooLong ? "read_error" : "unmarshal_error");
      return failure(
          call,
          500,
          (tooLong
                  ? "fail to read the request body, error: "
                  : "fail to unmarshal the request, error: ")
              + e.getMessage());
    }
    Handler handler = handlers.get(type);
    if (handler == null) {
      return failure(
          call, 400, "invalid 'request_type' param, can be set " + List.copyOf(handlers.keySet()));
    }
    long began = System.nanoTime();
    Answer answer = answer(type, handler, request, call);
    meters.answered(type, began);
    return answer;
  }

  private Answer answer(String type, Handler handler, Fields request, Call call)
      throws InterruptedException {
    Fields data;
    try {
      data = request.object("request_data");
    } catch (ConfigException e) {
      return failure(call, 500, "fail to unmarshal the request, error: " + e.getMessage());
    }
    String prefix = "fail to handle the %s request, error: ".formatted(type);
    try {
      ObjectNode answer = handler.handle(data, call);
      meters.succeeded(type);
      return success(answer);
    } catch (DecodeFailure e) {
      return failure(
          call, 500, "fail to decode the %s request, error: %s".formatted(type, e.getMessage()));
    } catch (GoFailure e) {
      return failure(call, e.code(), prefix + e.getMessage());
    } catch (CdcException e) {
      return failure(call, Problems.status(e) < 500 ? 400 : 500, prefix + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Unexpected failure of a {} request", type, e);
      return failure(call, 500, prefix + "an unexpected failure; the server's log has it");
    }
  }

  private static Answer success(@Nullable ObjectNode data) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("code", 200);
    if (data != null) {
      body.set("data", data);
    }
    return Answer.json(body);
  }

  /** Returns a failure. The HTTP status is always 200. */
  private static Answer failure(Call call, int code, String message) {
    call.failed(code);
    return Answer.json(
        JsonNodeFactory.instance
            .objectNode()
            .put("code", code)
            .put("message", GoView.words(message)));
  }

  private static String taskId(Fields data) {
    return DecodeFailure.of(() -> data.text("task_id", ""));
  }

  private ObjectNode create(Fields data, Call call) throws InterruptedException {
    CreateRequest.Parsed parsed = DecodeFailure.of(() -> creation.read(data));
    TaskRecord record = leaveToOthers(creation.task(parsed, time.instant()));
    if (tasks.find(record.id()).isEmpty()) {
      // A generated id belongs to no task before the task exists.
      call.changes(parsed.taskId().isEmpty() ? "create" : "create task=" + record.id());
      create(record);
      call.changes("create task=" + record.id());
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("task_id", record.id());
    GoView.notes(known(record.id()), answer);
    return answer;
  }

  private void create(TaskRecord record) throws InterruptedException {
    try {
      tasks.create(record);
    } catch (TaskRefusal e) {
      throw switch (e.why()) {
        case LIMIT -> GoFailure.server("the task num has reach the limit. " + e.getMessage(), e);
        case OVERLAP ->
            GoFailure.client(
                "the collection name is duplicate with existing task. " + e.getMessage());
        case ACCESS ->
            GoFailure.client("the enable user role param is duplicate. " + e.getMessage());
        case CONFLICT, NOT_FOUND -> e;
      };
    } catch (UnfitTaskException e) {
      throw GoFailure.server("fail to connect the milvus: " + e.getMessage(), e);
    }
  }

  /** Excludes the names of older tasks from a new task with a wildcard (Go: ExcludeCollections). */
  private TaskRecord leaveToOthers(TaskRecord record) {
    Selection mine = record.spec().selection();
    if (mine.included().stream().noneMatch(name -> name.contains("*"))) {
      return record;
    }
    String[] theirs =
        tasks.list().stream()
            .map(task -> task.record().spec())
            .filter(other -> other.target().equals(record.spec().target()))
            .flatMap(other -> other.selection().included().stream())
            .filter(name -> !mine.included().contains(name))
            .filter(name -> mine.overlaps(Selection.of(name)))
            .toArray(String[]::new);
    return record.spec(record.spec().toBuilder().selection(mine.except(theirs)).build());
  }

  private TaskView known(String id) {
    return tasks.find(id).orElseThrow(() -> GoFailure.client("not found the task, task_id: " + id));
  }

  private @Nullable ObjectNode delete(Fields data, Call call) {
    String id = taskId(data);
    boolean ignoreNotFound = DecodeFailure.of(() -> data.flag("ignore_not_found", false));
    if (ignoreNotFound && tasks.find(id).isEmpty()) {
      return null;
    }
    known(id);
    call.changes("delete task=" + id);
    tasks.delete(id);
    return null;
  }

  private @Nullable ObjectNode pause(Fields data, Call call) {
    String id = taskId(data);
    if (GoView.state(known(id).state()).equals(GoView.PAUSED)) {
      throw GoFailure.client("the task has paused, task_id: " + id);
    }
    call.changes("pause task=" + id);
    tasks.pause(id, "manually pause through http interface");
    return null;
  }

  private @Nullable ObjectNode resume(Fields data, Call call) {
    String id = taskId(data);
    TaskState state = known(id).state();
    if (!GoView.state(state).equals(GoView.PAUSED)) {
      throw GoFailure.client("the task has running, task_id: " + id);
    }
    call.changes("resume task=" + id);
    tasks.resume(id);
    return null;
  }

  private ObjectNode get(Fields data, Call call) {
    String id = taskId(data);
    if (id.isEmpty()) {
      throw GoFailure.client("task_id is empty");
    }
    TaskView task =
        tasks.find(id).orElseThrow(() -> GoFailure.client("not found: [%s]".formatted(id)));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("task", view.task(task));
    return answer;
  }

  private ObjectNode position(Fields data, Call call) {
    String id = taskId(data);
    return tasks.find(id).map(view::positions).orElseGet(view::noPositions);
  }
}
