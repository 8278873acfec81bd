package io.milvus.cdc.examples.e2e.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut: its connections break, and new ones are turned away. */
public final class Link implements AutoCloseable {
  private final URI server;
  private final ServerSocket entrance;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private Link(URI server, ServerSocket entrance) {
    this.server = server;
    this.entrance = entrance;
  }

  /** A link to a server, given by its address with a scheme. */
  public static Link to(String address) {
    try {
      Link link =
          new Link(URI.create(address), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      start(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address to use instead of the server's. */
  public String address() {
    return server.getScheme() + "://127.0.0.1:" + entrance.getLocalPort();
  }

  public void cut() {
    cut = true;
    sockets.forEach(Link::closeQuietly);
  }

  public void mend() {
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        if (cut) {
          closeQuietly(client);
        } else {
          connect(client);
        }
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void connect(Socket client) {
    try {
      Socket behind = new Socket(server.getHost(), server.getPort());
      sockets.add(client);
      sockets.add(behind);
      start(() -> pump(client, behind));
      start(() -> pump(behind, client));
    } catch (IOException e) {
      closeQuietly(client);
    }
  }

  private void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // The other end is told by closing.
    }
    closeQuietly(from);
    closeQuietly(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "link");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      // It is gone already.
    }
  }

  @Override
  public void close() {
    closeQuietly(entrance);
    cut();
  }
}
