package io.milvus.cdc.http.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** One request. */
public final class Call {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Request request;
  private final Map<String, String> parameters;
  private final int mostBytes;
  private String change = "";
  private int failure;

  Call(Request request, Map<String, String> parameters, int mostBytes) {
    this.request = request;
    this.parameters = parameters;
    this.mostBytes = mostBytes;
  }

  public String method() {
    return request.getMethod();
  }

  /** What stands in the path where the route has this name. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no parameter " + name);
    }
    return value;
  }

  /** The first value of this name in the query, or null. */
  public @Nullable String query(String name) {
    try {
      Fields fields = Request.extractQueryParameters(request);
      return fields.getValue(name);
    } catch (RuntimeException e) {
      // Jetty throws several kinds for what is no UTF-8 in percent encoding.
      throw new BadCallException(400, "The query is no text in percent encoding.");
    }
  }

  /** The first header of this name, or null. */
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  /** The address that the request came from. */
  public String caller() {
    return Request.getRemoteAddr(request);
  }

  /**
   * The body.
   *
   * @throws BadCallException where it is longer than allowed, no JSON, or does not come
   */
  public JsonNode body() {
    byte[] bytes = bytes();
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new BadCallException(400, "The body is no JSON: " + firstLine(e));
    }
  }

  private byte[] bytes() {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new BadCallException(
            413,
            "The body is longer than %d bytes, the most this server takes.".formatted(mostBytes));
      }
      return bytes;
    } catch (IOException e) {
      throw new BadCallException(400, "The body did not come whole: " + firstLine(e));
    }
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Says what this call is about to change, for the audit log; a word and a task's id. */
  public void changes(String what) {
    change = what;
  }

  /** Says that this call failed, if its answer's own status does not. */
  public void failed(int status) {
    failure = status;
  }

  /** The status that the audit log shows for this answer. */
  int status(Answer answer) {
    return failure == 0 ? answer.status() : failure;
  }

  String change() {
    return change;
  }
}
