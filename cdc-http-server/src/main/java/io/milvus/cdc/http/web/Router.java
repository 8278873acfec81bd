package io.milvus.cdc.http.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of each request, passes the request through the gate, and writes the answer. */
final class Router extends Handler.Abstract {
  private static final Logger AUDIT = LoggerFactory.getLogger("io.milvus.cdc.audit");

  private final Supplier<Directory> directory;
  private final Gate gate;
  private final int mostBytes;

  Router(Supplier<Directory> directory, Gate gate, int mostBytes) {
    this.directory = directory;
    this.gate = gate;
    this.mostBytes = mostBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    List<String> segments = Route.segments(Request.getPathInContext(request));
    Set<String> others = new TreeSet<>();
    Directory now = directory.get();
    for (Route route : now.routes()) {
      Optional<Map<String, String>> parameters = route.match(segments);
      if (parameters.isEmpty()) {
        continue;
      }
      if (route.takes(request.getMethod())) {
        Call call = new Call(request, parameters.get(), mostBytes);
        write(answer(route, call), request, response, callback);
        return true;
      }
      others.add(route.method());
    }
    Route stray =
        Route.of(request.getMethod(), "/", others.isEmpty() ? now.otherwise() : only(others));
    write(answer(stray, new Call(request, Map.of(), mostBytes)), request, response, callback);
    return true;
  }

  private static Action only(Set<String> methods) {
    return call ->
        Problems.of(405, "This path accepts %s.".formatted(String.join(", ", methods)))
            .header("Allow", String.join(", ", methods));
  }

  private Answer answer(Route route, Call call) {
    Optional<Answer> refusal = gate.refusal(call, route.open());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Answer answer;
    try {
      answer = route.action().answer(call);
    } catch (Exception e) {
      answer = Problems.of(e);
    }
    if (!call.change().isEmpty()) {
      AUDIT.info(
          "{} by={} path={} status={}",
          call.change().replaceAll("[^\\x20-\\x7e]", "?"),
          call.caller(),
          route.path(),
          call.status(answer));
    }
    return answer;
  }

  private static void write(Answer answer, Request request, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (!answer.type().isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    }
    boolean head = request.getMethod().equals("HEAD");
    Feed feed = answer.feed();
    if (feed != null && !head) {
      new Pump(feed, response, callback).begin();
      return;
    }
    if (feed != null) {
      feed.gone();
    }
    response.write(true, StandardCharsets.UTF_8.encode(head ? "" : answer.body()), callback);
  }
}
