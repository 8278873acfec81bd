package io.milvus.cdc.examples.e2e.existing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to an overloaded object storage over a bad network. Of five connections one is told to slow
 * down, one breaks in the middle of an answer, and all others last for a second at most.
 */
final class BadLink implements AutoCloseable {
  private static final int TURNS = 5;
  private static final int BYTES_BEFORE_THE_CUT = 3_000;
  private static final int LIFE_MILLIS = 1_000;
  private static final String BODY =
      "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Slow down</Message></Error>";
  private static final String SLOW_DOWN =
      "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
          .formatted(BODY.length(), BODY);

  private final URI server;
  private final ServerSocket entrance;
  private final AtomicInteger connections = new AtomicInteger();

  /** How many connections were told to slow down. */
  final AtomicInteger throttled = new AtomicInteger();

  /** How many answers were cut. */
  final AtomicInteger cut = new AtomicInteger();

  private BadLink(URI server, ServerSocket entrance) {
    this.server = server;
    this.entrance = entrance;
  }

  /** Opens a link to a server, named by its address with a scheme. */
  static BadLink to(String address) {
    try {
      BadLink link =
          new BadLink(
              URI.create(address), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      start(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the host and port to use in place of the server's. */
  String authority() {
    return "127.0.0.1:" + entrance.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = entrance.accept();
      int turn = connections.incrementAndGet() % TURNS;
      start(() -> serve(client, turn));
    }
  }

  private void serve(Socket client, int turn) throws IOException {
    try (client) {
      if (turn == 1) {
        client.getInputStream().read(new byte[8192]);
        client.getOutputStream().write(SLOW_DOWN.getBytes(US_ASCII));
        throttled.incrementAndGet();
        return;
      }
      try (Socket behind = new Socket(server.getHost(), server.getPort())) {
        start(() -> client.getInputStream().transferTo(behind.getOutputStream()));
        behind.setSoTimeout(LIFE_MILLIS);
        answer(behind.getInputStream(), client.getOutputStream(), turn == 2);
      }
    }
  }

  private void answer(InputStream in, OutputStream out, boolean cuts) throws IOException {
    long end = System.nanoTime() + LIFE_MILLIS * 1_000_000L;
    byte[] buffer = new byte[BYTES_BEFORE_THE_CUT];
    int sum = 0;
    int length = in.read(buffer);
    while (length > 0 && System.nanoTime() < end) {
      out.write(buffer, 0, length);
      sum += length;
      if (cuts && sum >= BYTES_BEFORE_THE_CUT) {
        cut.incrementAndGet();
        return;
      }
      length = in.read(buffer);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One end is closed, which closes the other one.
              }
            },
            "bad-link");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }
}
