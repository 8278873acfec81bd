package io.milvus.cdc.internal.etcd;

import static io.milvus.cdc.internal.etcd.EtcdConnection.bytes;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.TlsSettings;
import io.milvus.cdc.error.ConfigException;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Connects to an etcd. If there are several members, it uses one member for as long as their
 * connection lasts. A member that hangs, or is cut off from the others, holds its connections open.
 * So the client must leave it. Thread-safe.
 */
final class EtcdClient implements AutoCloseable {
  private final EtcdEndpoint endpoint;
  private final boolean waiting;

  /** All members, the next member to leave at the head. */
  private final List<String> members;

  private Client current;
  private boolean closed;

  private EtcdClient(EtcdEndpoint endpoint, boolean waiting) {
    this.endpoint = endpoint;
    this.waiting = waiting;
    this.members = new ArrayList<>(endpoint.addresses());
    this.current = connect(endpoint, waiting, members);
  }

  /**
   * Opens a client.
   *
   * @param waiting whether to wait for an unreachable etcd
   * @throws ConfigException if the settings cannot be used
   */
  static EtcdClient open(EtcdEndpoint endpoint, boolean waiting) {
    return new EtcdClient(endpoint, waiting);
  }

  synchronized Client current() {
    return current;
  }

  /**
   * Uses other members from now on, unless that was done already. Ends all watches. The member in
   * use is unknown. If it was not the first member, a later call leaves it.
   */
  synchronized void leave(Client left) {
    if (left == current && members.size() > 1 && !closed) {
      Collections.rotate(members, -1);
      current = connect(endpoint, waiting, members.subList(0, members.size() - 1));
      closeSoon(left);
    }
  }

  private static Client connect(EtcdEndpoint endpoint, boolean waiting, List<String> members) {
    try {
      ClientBuilder builder =
          Client.builder()
              .waitForReady(waiting)
              .endpoints(members.toArray(String[]::new))
              .connectTimeout(Duration.ofSeconds(5))
              .keepaliveTime(Duration.ofSeconds(10))
              .keepaliveTimeout(Duration.ofSeconds(10))
              .keepaliveWithoutCalls(true);
      if (endpoint.user() != null && endpoint.password() != null) {
        builder.user(bytes(endpoint.user())).password(bytes(endpoint.password().value()));
      }
      if (endpoint.usesTls()) {
        // Without a context the client would send plain text to https endpoints too.
        builder.sslContext(ssl -> secure(ssl, endpoint.tls()));
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new ConfigException(
          "%s cannot be used: %s.".formatted(endpoint, e.getMessage()),
          "Use addresses like http://host:2379, and PEM files as certificates.",
          e);
    }
  }

  private static void secure(SslContextBuilder ssl, TlsSettings tls) {
    Path authorities = tls.trusted();
    if (authorities != null) {
      ssl.trustManager(authorities.toFile());
    }
    Path certificate = tls.clientCertificate();
    Path key = tls.clientKey();
    if (certificate != null && key != null) {
      ssl.keyManager(certificate.toFile(), key.toFile());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeSoon(current);
  }

  /** Closes a client without waiting, because its event loops need seconds to end. */
  private static void closeSoon(Client client) {
    Thread closing = new Thread(client::close, "cdc-etcd-close");
    closing.setDaemon(true);
    closing.start();
  }
}
