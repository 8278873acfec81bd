package io.milvus.cdc.http.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Represents a running server. */
final class Remote {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server. Default: $MILVUS_CDC_SERVER or ${DEFAULT-VALUE}",
      defaultValue = "${env:MILVUS_CDC_SERVER:-http://127.0.0.1:8444}")
  private String server = "http://127.0.0.1:8444";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The server's token. Better in the environment, as MILVUS_CDC_TOKEN.",
      defaultValue = "${env:MILVUS_CDC_TOKEN}")
  private @Nullable String token;

  static String path(String id) {
    return "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Sends a request about tasks. Returns the answer, or a missing node if it is empty. */
  JsonNode send(String method, String path, @Nullable JsonNode body) throws InterruptedException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server + "/api/v1/tasks" + path))
              .timeout(PATIENCE)
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body.toString()));
      if (token != null && !token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() >= 300) {
        throw new OrderFailure(
            answer.path("detail").asText("The server answered " + response.statusCode()), null);
      }
      return answer;
    } catch (IOException | IllegalArgumentException e) {
      throw new OrderFailure(
          "The request to the server at %s failed: %s. Start the server, or set --server."
              .formatted(server, e.getMessage() == null ? e : e.getMessage()),
          e);
    }
  }
}
