package io.milvus.cdc.internal.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads from storages that fail. */
@Timeout(60)
class S3FaultTest {
  private static final String SLOW_DOWN = CannedS3.error("503 Slow Down", "SlowDown");
  private static final String ROWS = CannedS3.ok("200 OK", "0123456789");
  private static final String CUT =
      "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n0123";

  private static ByteBuffer rows() {
    return ByteBuffer.wrap("0123456789".getBytes(US_ASCII));
  }

  @Test
  void repeatsARequestAfterItWasThrottled() throws Exception {
    try (CannedS3 server = new CannedS3(SLOW_DOWN, SLOW_DOWN, ROWS);
        ObjectStorage storage = ObjectStorage.open(server.endpoint())) {
      assertThat(storage.read("insert_log/1")).isEqualTo(rows());
      assertThat(server.requests).hasValue(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"503 Slow Down, SlowDown", "500 No, InternalError"})
  void repeatsThemAFewTimesOnly(String status, String code) throws Exception {
    try (CannedS3 server = new CannedS3(CannedS3.error(status, code));
        ObjectStorage storage = ObjectStorage.open(server.endpoint())) {
      assertThatThrownBy(() -> storage.read("insert_log/1"))
          .isInstanceOf(RetriableException.class)
          .isNotInstanceOf(SourceRefusedException.class)
          .hasMessageContainingAll("cannot serve 'files/insert_log/1' now", code);
      assertThat(server.requests).hasValueBetween(2, 4);
    }
  }

  @Test
  void repeatsARequestWhoseConnectionWasCut() throws Exception {
    try (CannedS3 server = new CannedS3(CUT, "", CUT, ROWS);
        ObjectStorage storage = ObjectStorage.open(server.endpoint())) {
      assertThat(storage.read("insert_log/1")).isEqualTo(rows());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", CUT, "no HTTP\r\n\r\n"})
  void aConnectionThatIsAlwaysCutMayRecover(String answer) throws Exception {
    try (CannedS3 server = new CannedS3(answer);
        ObjectStorage storage = ObjectStorage.open(server.endpoint())) {
      assertThatThrownBy(() -> storage.read("insert_log/1"))
          .isInstanceOf(RetriableException.class)
          .hasMessageContainingAll("did not complete a request for 'files/insert_log/1'");
    }
  }

  @Test
  void refusesAnAnswerWithoutItsLength() throws Exception {
    try (CannedS3 server = new CannedS3("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123");
        ObjectStorage storage = ObjectStorage.open(server.endpoint())) {
      assertThatThrownBy(() -> storage.read("insert_log/1"))
          .isInstanceOf(SourceRefusedException.class)
          .hasMessageContainingAll("does not send the length of 'files/insert_log/1'", "proxy");
    }
  }

  @Test
  void saysHowMuchArrived() throws Exception {
    try (CannedS3 server = new CannedS3(CUT);
        ObjectStorage storage = ObjectStorage.open(server.endpoint())) {
      assertThatThrownBy(() -> storage.read("insert_log/1"))
          .hasMessageContaining("the connection ended after 4 of 10 bytes");
    }
  }

  @Test
  void waitsNoLongerThanItsPatience() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ObjectStorage storage = S3Storage.open(at(silent), Duration.ofSeconds(1))) {
      Instant begin = Instant.now();

      assertThatThrownBy(() -> storage.list(""))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("in time");
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static S3Endpoint at(ServerSocket server) {
    return StorageEndpoint.s3("http://127.0.0.1:" + server.getLocalPort(), "a-bucket")
        .login("reader", "secret");
  }

  /** Sends a byte of an object now and then. */
  private static Thread drip(ServerSocket server) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket client = server.accept()) {
                OutputStream out = client.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n".getBytes(US_ASCII));
                while (true) {
                  out.write(1);
                  Thread.sleep(100);
                }
              } catch (IOException | InterruptedException e) {
                // The client has closed the connection.
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void waitsNoLongerForABodyThatDrips() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ObjectStorage storage = S3Storage.open(at(server), Duration.ofSeconds(2))) {
      Thread drip = drip(server);

      assertThatThrownBy(() -> storage.read("insert_log/1"))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("in time");
      assertThat(Thread.interrupted()).isFalse();
      drip.join(10_000);
      assertThat(drip.isAlive()).as("the connection was closed").isFalse();
    }
  }

  @Test
  void endsABodyThatDripsWhenItIsInterrupted() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ObjectStorage storage = S3Storage.open(at(server), Duration.ofSeconds(50))) {
      Thread drip = drip(server);
      Thread reader = Thread.currentThread();
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(reader::interrupt);

      assertThatThrownBy(() -> storage.read("insert_log/1"))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      drip.join(10_000);
      assertThat(drip.isAlive()).as("the connection was closed").isFalse();
    }
  }

  @Test
  void endsWhenItIsInterrupted() throws Exception {
    try (CannedS3 server = new CannedS3(SLOW_DOWN);
        ObjectStorage storage = ObjectStorage.open(server.endpoint())) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> storage.read("insert_log/1"))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301 Moved, PermanentRedirect, region",
    "400 Bad Request, AuthorizationHeaderMalformed, region",
    "400 Bad Request, ExpiredToken, Renew the credentials",
    "403 Forbidden, AllAccessDisabled, permission"
  })
  void aPersonMustCorrectIt(String status, String code, String cure) throws Exception {
    assertThat(failure(CannedS3.error(status, code)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(cure);
  }

  @ParameterizedTest
  @CsvSource({"404 Not Found", "400 Bad Request", "405 Method Not Allowed"})
  void anotherServerThanAnObjectStorageIsARefusal(String status) throws Exception {
    assertThat(failure(CannedS3.ok(status, "<html>no</html>")))
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContainingAll(status.substring(0, 3), "the API of S3");
  }

  private static CdcException failure(String answer) throws Exception {
    try (CannedS3 server = new CannedS3(answer);
        ObjectStorage storage = ObjectStorage.open(server.endpoint())) {
      storage.list("");
      throw new AssertionError("it did not fail");
    } catch (CdcException e) {
      return e;
    }
  }
}
