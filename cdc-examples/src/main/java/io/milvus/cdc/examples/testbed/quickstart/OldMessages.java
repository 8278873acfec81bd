package io.milvus.cdc.examples.testbed.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lets Pulsar delete the messages of the source that Milvus has read, as after its retention. */
final class OldMessages {
  private static final String NONE = "{\"retentionTimeInMinutes\":0,\"retentionSizeInMB\":0}";
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final int POLL_MILLIS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Addresses stack;

  OldMessages(Addresses stack) {
    this.stack = stack;
  }

  /** Deletes them. Returns the channels whose messages are gone. */
  List<String> delete() throws InterruptedException {
    List<String> left = new ArrayList<>(channels());
    for (String channel : left) {
      send("POST", channel, "retention", NONE);
      send("PUT", channel, "unload", "");
    }
    List<String> gone = new ArrayList<>();
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!left.isEmpty() && System.nanoTime() < end) {
      for (String channel : left) {
        send("POST", channel, "trim", "");
      }
      Thread.sleep(POLL_MILLIS);
      left.stream().filter(this::isTrimmed).forEach(gone::add);
      left.removeAll(gone);
    }
    for (String channel : channels()) {
      send("DELETE", channel, "retention", "");
    }
    return gone;
  }

  private List<String> channels() {
    return IntStream.range(0, stack.source().channels())
        .mapToObj(number -> stack.source().channelPrefix() + "_" + number)
        .toList();
  }

  /** Returns whether only the ledger of the newest messages is left. */
  private boolean isTrimmed(String channel) {
    try {
      JsonNode stats = JSON.readTree(send("GET", channel, "internalStats", ""));
      return stats.path("ledgers").size() == 1;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String send(String method, String channel, String order, String body)
      throws InterruptedException {
    URI address =
        URI.create(
            "%s/admin/v2/persistent/%s/%s/%s"
                .formatted(stack.pulsarAdmin(), stack.pulsarNamespace(), channel, order));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300 && !order.equals("trim")) {
        throw new IllegalStateException(
            "Pulsar answers %s %s with %d: %s"
                .formatted(method, address, answer.statusCode(), answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
