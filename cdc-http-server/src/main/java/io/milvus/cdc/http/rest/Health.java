package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.task.TaskView;
import io.milvus.cdc.http.task.Tasks;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Call;
import io.milvus.cdc.http.web.Route;
import java.util.List;
import java.util.TreeMap;

/**
 * Reports whether the process lives and accepts requests. Neither depends on the source or a
 * target: a restart of the server would not repair an unreachable system. The metrics report the
 * state of the tasks.
 */
public final class Health {
  private final Tasks tasks;

  public Health(Tasks tasks) {
    this.tasks = tasks;
  }

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/healthz", call -> Answer.text("text/plain", "OK\n")),
        Route.open("GET", "/readyz", this::ready));
  }

  private Answer ready(Call call) {
    TreeMap<TaskState, Integer> states = new TreeMap<>();
    for (TaskView task : tasks.list()) {
      states.merge(task.state(), 1, Integer::sum);
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("ready", true);
    ObjectNode counts = body.putObject("tasks");
    states.forEach((state, count) -> counts.put(state.name(), count));
    return Answer.json(body);
  }
}
