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

/** Represents one request. */
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

  /** Returns the part of the path for which the route has this name. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no parameter " + name);
    }
    return value;
  }

  /** Returns the first value of this name in the query, or null. */
  public @Nullable String query(String name) {
    try {
      Fields fields = Request.extractQueryParameters(request);
      return fields.getValue(name);
    } catch (RuntimeException e) {
      // Jetty throws several exceptions if the query is not UTF-8 in percent encoding.
      throw new BadCallException(400, "The query is no text in percent encoding.");
    }
  }

  /** Returns the first header of this name, or null. */
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  /** Returns the address from which the request came. */
  public String caller() {
    return Request.getRemoteAddr(request);
  }

  /**
   * Returns the body.
   *
   * @throws BadCallException if it is longer than allowed, is not JSON, or does not arrive
   *     completely
   */
  public JsonNode body() {
    byte[] bytes = bytes();
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new BadCallException(400, "The body is not valid JSON: " + firstLine(e));
    }
  }

  private byte[] bytes() {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new BadCallException(
            413,
            "The body is longer than %d bytes, the most this server accepts.".formatted(mostBytes));
      }
      return bytes;
    } catch (IOException e) {
      throw new BadCallException(400, "The body did not arrive completely: " + firstLine(e));
    }
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Records the imminent change of this call for the audit log: a word and a task's id. */
  public void changes(String what) {
    change = what;
  }

  /** Records that this call failed, if the status of its answer does not show it. */
  public void failed(int status) {
    failure = status;
  }

  /** Returns the status that the audit log shows for this answer. */
  int status(Answer answer) {
    return failure == 0 ? answer.status() : failure;
  }

  String change() {
    return change;
  }
}
