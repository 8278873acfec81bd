package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each connection with the next of some bytes and closes it; the last one repeats. */
final class CannedS3 implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> answers;
  final AtomicInteger requests = new AtomicInteger();

  CannedS3(String... answers) throws IOException {
    this.answers = List.of(answers);
    Thread thread = new Thread(this::serve, "canned S3");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns a refusal. */
  static String error(String status, String code) {
    return ok(status, "<Error><Code>%s</Code><Message>why</Message></Error>".formatted(code));
  }

  /** Returns an answer with a body. */
  static String ok(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept();
          Scanner lines = new Scanner(client.getInputStream(), StandardCharsets.US_ASCII)) {
        while (lines.hasNextLine() && !lines.nextLine().isEmpty()) {
          // The rest of the head.
        }
        int request = requests.getAndIncrement();
        String answer = answers.get(Math.min(request, answers.size() - 1));
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
      } catch (IOException e) {
        // The client has closed the connection, or the test has ended.
      }
    }
  }

  S3Endpoint endpoint() {
    return StorageEndpoint.s3("http://127.0.0.1:" + listener.getLocalPort(), "a-bucket")
        .login("reader", "secret");
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
