package io.milvus.cdc.http.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens to server-sent events. */
public final class EventStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 20;

  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final Thread reader;

  /** One event; a comment has no name. */
  public record Told(String id, String name, JsonNode data) {}

  private EventStream(HttpResponse<InputStream> response) {
    this.response = response;
    this.reader = new Thread(this::read, "event-stream");
    reader.setDaemon(true);
    reader.start();
  }

  public static EventStream open(int port, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new EventStream(
        HttpClient.newHttpClient()
            .send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      Told next = new Told("", "", JSON.missingNode());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          next = new Told(line.substring(4), next.name(), next.data());
        } else if (line.startsWith("event: ")) {
          next = new Told(next.id(), line.substring(7), next.data());
        } else if (line.startsWith("data: ")) {
          next = new Told(next.id(), next.name(), JSON.readTree(line.substring(6)));
        } else if (line.isEmpty()) {
          told.add(next);
          next = new Told("", "", JSON.missingNode());
        }
      }
    } catch (IOException e) {
      // The end, too.
    }
  }

  /** The next event of this name; others are passed over. */
  public Told next(String name) throws InterruptedException {
    while (true) {
      Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("No event '" + name + "' came");
      }
      if (next.name().equals(name)) {
        return next;
      }
    }
  }

  /** Waits until the server ends it. */
  public boolean ends() throws InterruptedException {
    reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return !reader.isAlive();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
