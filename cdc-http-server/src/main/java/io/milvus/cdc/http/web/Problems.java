package io.milvus.cdc.http.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.http.task.TaskRefusal;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes failures as problem details (RFC 9457). The detail contains the remedy. */
public final class Problems {
  public static final String TYPE = "application/problem+json";
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** Returns the problem for a failure. */
  public static Answer of(Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return of(503, "The server is stopping.");
    }
    if (failure instanceof BadCallException bad) {
      return of(bad.status(), bad.getMessage());
    }
    if (failure instanceof CdcException known) {
      return of(status(known), known.getMessage());
    }
    LOG.error("Unexpected failure of a request", failure);
    return of(500, "An unexpected failure; the server's log has it.");
  }

  /** Returns the status code of a known failure. */
  public static int status(CdcException failure) {
    if (failure instanceof TaskRefusal refusal) {
      return switch (refusal.why()) {
        case NOT_FOUND -> 404;
        case CONFLICT, OVERLAP, ACCESS, LIMIT -> 409;
      };
    }
    if (failure instanceof ConfigException) {
      return 400;
    }
    if (failure instanceof IllegalTaskStateException) {
      return 409;
    }
    return failure instanceof RetriableException ? 503 : 500;
  }

  public static Answer of(int status, @Nullable String detail) {
    return answer(status, problem(status, detail));
  }

  /** Returns a problem with one more member. */
  public static Answer of(int status, @Nullable String detail, String name, JsonNode more) {
    ObjectNode problem = problem(status, detail);
    problem.set(name, more);
    return answer(status, problem);
  }

  private static ObjectNode problem(int status, @Nullable String detail) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "about:blank")
        .put("title", HttpStatus.getMessage(status))
        .put("status", status)
        .put("detail", detail);
  }

  private static Answer answer(int status, ObjectNode problem) {
    Answer answer = Answer.json(status, TYPE, problem);
    return status == 503 ? answer.header("Retry-After", "5") : answer;
  }
}
