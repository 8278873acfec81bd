package io.milvus.cdc.http.web;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.ServerConfig;
import java.net.BindException;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Listens until it is closed. */
public final class HttpServer implements AutoCloseable {
  private static final int THREADS = 64;
  private static final int IDLE_MILLIS = 30_000;
  private static final int STOP_MILLIS = 5_000;

  private final Server server;
  private final ServerConnector connector;
  private final AutoCloseable certificates;

  private HttpServer(Server server, ServerConnector connector, AutoCloseable certificates) {
    this.server = server;
    this.connector = connector;
    this.certificates = certificates;
  }

  /**
   * Starts to listen.
   *
   * @throws ConfigException if the address is not available
   */
  public static HttpServer start(ServerConfig config, Supplier<Directory> directory, Gate gate) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("cdc-http");
    Server server = new Server(threads);
    HttpConnectionFactory http = new HttpConnectionFactory(http());
    AutoCloseable certificates = () -> {};
    ServerConnector connector;
    if (config.tls() == null) {
      connector = new ServerConnector(server, 1, 1, http);
    } else {
      Certificates tls = Certificates.load(config.tls());
      certificates = tls;
      connector =
          new ServerConnector(
              server, 1, 1, new SslConnectionFactory(tls.factory(), http.getProtocol()), http);
    }
    connector.setHost(config.listen().host());
    connector.setPort(config.listen().port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(
        new GracefulHandler(new Router(directory, gate, config.limits().requestBytes())));
    server.setErrorHandler(new Rejection());
    server.setStopTimeout(STOP_MILLIS);
    HttpServer started = new HttpServer(server, connector, certificates);
    started.begin(config);
    return started;
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    return http;
  }

  private void begin(ServerConfig config) {
    try {
      server.start();
    } catch (Exception e) {
      close();
      String why =
          e instanceof BindException || e.getCause() instanceof BindException
              ? "another program uses the address, or it is not an address of this machine"
              : String.valueOf(e.getMessage());
      throw new ConfigException(
          "The server cannot listen on %s:%d: %s."
              .formatted(config.listen().host(), config.listen().port(), why),
          "Use another address.",
          e);
    }
  }

  /** Returns the port on which it listens. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Waits some seconds at most for pending requests. */
  @Override
  public void close() {
    try {
      server.stop();
      certificates.close();
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server did not stop", e);
    }
  }
}
