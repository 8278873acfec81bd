package io.milvus.cdc.internal.queue.pulsar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.tls.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Pulsar's administration, and changes nothing there.
 *
 * @param base such as {@code http://host:8080}
 * @param token the broker's token
 */
record PulsarAdmin(HttpClient http, URI base, @Nullable Secret token) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /**
   * Returns an administration, which is not contacted yet.
   *
   * @param pulsar the endpoint of the brokers, with the token and the certificates
   * @throws io.milvus.cdc.error.ConfigException if the certificates cannot be read
   */
  static PulsarAdmin at(URI base, PulsarEndpoint pulsar) {
    Path certificates = pulsar.tls().trusted();
    HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(CONNECT);
    if (certificates != null && "https".equals(base.getScheme())) {
      http.sslContext(TrustedAuthorities.in(certificates));
    }
    return new PulsarAdmin(http.build(), base, pulsar.credentials());
  }

  /**
   * Returns the answer, or a null node if the answer is empty or the path does not exist.
   *
   * @throws RetriableException if there is no answer, or a refusal
   */
  JsonNode get(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    if (token != null) {
      request.header("Authorization", "Bearer " + token.value());
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == NOT_FOUND) {
        return NullNode.getInstance();
      }
      if (answer.statusCode() != OK) {
        throw new RetriableException(
            "Pulsar's administration at %s answers %d to %s."
                .formatted(base, answer.statusCode(), path),
            "");
      }
      return answer.body().isBlank() ? NullNode.getInstance() : JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new RetriableException(
          "%s does not answer like Pulsar's administration: %s".formatted(base, e.getMessage()),
          "",
          e);
    } catch (IOException e) {
      throw new RetriableException(
          "Pulsar's administration at %s cannot be reached: %s".formatted(base, e), "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while asking " + base, "", e);
    }
  }
}
