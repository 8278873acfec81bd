package io.milvus.cdc.http.web;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that Jetty rejects before any route because they are invalid HTTP. The format is
 * that of all other answers.
 */
final class Rejection implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object why = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    Answer answer = Problems.of(response.getStatus(), why == null ? "" : why.toString());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    response.write(true, StandardCharsets.UTF_8.encode(answer.body()), callback);
    return true;
  }
}
