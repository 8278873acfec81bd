package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds off the source's garbage collection while tasks copy its files, by the requests of Milvus's
 * metrics port (2.3.5 internal/proxy/management.go). All tasks of a source share one lease. If the
 * process crashes, the lease ends by itself within an hour. Thread-safe.
 */
final class GarbageLease {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageLease.class);
  private static final Duration LENGTH = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PATH = "/management/datacoord/garbage_collection/";

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String address;
  private int users;
  private long renewAt;

  /**
   * Creates a lease that holds nothing yet.
   *
   * @throws ConfigException if the address is not an address of HTTP
   */
  GarbageLease(String address) {
    this.address = address.replaceFirst("/+$", "");
    if (!this.address.matches("https?://[^/?#@]+")) {
      throw new ConfigException(
          "'%s' is not the address of a metrics port.".formatted(address),
          "Set management to an address such as http://milvus:9091.");
    }
  }

  /**
   * Begins to hold it off for one more user, or renews the lease.
   *
   * @throws RetriableException if the source does not answer, or refuses
   */
  synchronized void take() throws InterruptedException {
    pause();
    users++;
  }

  private void pause() throws InterruptedException {
    request("pause?pause_seconds=" + LENGTH.toSeconds());
    renewAt = System.nanoTime() + LENGTH.dividedBy(2).toNanos();
  }

  /** Renews the lease if half of it is over. A copy continues without it if that fails. */
  synchronized void renew() throws InterruptedException {
    if (System.nanoTime() - renewAt < 0) {
      return;
    }
    try {
      pause();
    } catch (RetriableException e) {
      LOG.info("{} The copy continues, and asks again in a minute.", e.what());
      renewAt = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    }
  }

  /** Ends the hold of one user. The last user resumes the garbage collection. */
  synchronized void release() {
    if (--users > 0) {
      return;
    }
    try {
      request("resume");
    } catch (RetriableException e) {
      LOG.info("{} It resumes by itself within {} minutes.", e.what(), LENGTH.toMinutes());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Checks that the source knows these requests, and changes nothing: the length is not valid.
   *
   * @throws ConfigException if it does not know them
   * @throws RetriableException if it does not answer
   */
  void check() throws InterruptedException {
    var unused = answer("pause?pause_seconds=none");
  }

  private void request(String action) throws InterruptedException {
    HttpResponse<String> answer = answer(action);
    if (answer.statusCode() != 200) {
      throw new SourceRefusedException(
          "The source's garbage collection at %s answers %d: %s."
              .formatted(address, answer.statusCode(), answer.body().strip()),
          "Check the log of the source's DataCoord, or leave management out.");
    }
  }

  private HttpResponse<String> answer(String action) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + PATH + action)).timeout(PATIENCE).build();
    HttpResponse<String> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RetriableException(
          "The source's garbage collection cannot be reached at %s: %s.".formatted(address, e),
          "Check the address of management.",
          e);
    }
    if (answer.statusCode() == 404) {
      throw new ConfigException(
          "%s does not know the requests that hold off the garbage collection.".formatted(address),
          "Check that management is the address of the source's metrics port. If the source's"
              + " version does not have them, leave management out.");
    }
    return answer;
  }

  @Override
  public String toString() {
    return address;
  }
}
