package io.milvus.cdc.internal.etcd;

import static io.milvus.cdc.internal.etcd.EtcdConnection.bytes;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.milvus.cdc.error.ConfigException;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The client of an etcd. Of several members it speaks to one, and stays with that one for as long
 * as their connection lasts. A member that hangs, or that is cut off from the others, keeps its
 * connections: it must be left. Thread-safe.
 */
final class EtcdClient implements AutoCloseable {
  private final EtcdSettings settings;
  private final boolean waiting;

  /** All members, the one to be left first at the head. */
  private final List<String> endpoints;

  private Client current;
  private boolean closed;

  private EtcdClient(EtcdSettings settings, boolean waiting) {
    this.settings = settings;
    this.waiting = waiting;
    this.endpoints = new ArrayList<>(settings.endpoints());
    this.current = connect(settings, waiting, endpoints);
  }

  /**
   * Opens a client.
   *
   * @param waiting whether to wait for an etcd that is away
   * @throws ConfigException if the settings cannot be used
   */
  static EtcdClient open(EtcdSettings settings, boolean waiting) {
    return new EtcdClient(settings, waiting);
  }

  synchronized Client current() {
    return current;
  }

  /**
   * Uses other members from now on, unless that was done already. Ends all watches. Which member
   * was used is not known: if it was another than the first, it is left at a later call.
   */
  synchronized void leave(Client left) {
    if (left == current && endpoints.size() > 1 && !closed) {
      Collections.rotate(endpoints, -1);
      current = connect(settings, waiting, endpoints.subList(0, endpoints.size() - 1));
      closeSoon(left);
    }
  }

  private static Client connect(EtcdSettings settings, boolean waiting, List<String> endpoints) {
    try {
      ClientBuilder builder =
          Client.builder()
              .waitForReady(waiting)
              .endpoints(endpoints.toArray(String[]::new))
              .connectTimeout(Duration.ofSeconds(5))
              .keepaliveTime(Duration.ofSeconds(10))
              .keepaliveTimeout(Duration.ofSeconds(10))
              .keepaliveWithoutCalls(true);
      if (settings.user() != null && settings.password() != null) {
        builder.user(bytes(settings.user())).password(bytes(settings.password().value()));
      }
      if (settings.tls()) {
        // Without a context the client would talk plain text to https endpoints too.
        builder.sslContext(ssl -> secure(ssl, settings));
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new ConfigException(
          "etcd endpoints %s cannot be used: %s. Give them like http://host:2379, and certificates as PEM files."
              .formatted(settings.endpoints(), e.getMessage()),
          e);
    }
  }

  private static void secure(SslContextBuilder ssl, EtcdSettings settings) {
    Path authorities = settings.trustedCertificates();
    if (authorities != null) {
      ssl.trustManager(authorities.toFile());
    }
    Path certificate = settings.clientCertificate();
    Path key = settings.clientKey();
    if (certificate != null && key != null) {
      ssl.keyManager(certificate.toFile(), key.toFile());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeSoon(current);
  }

  /** Not waited for: the client's event loops take seconds to end. */
  private static void closeSoon(Client client) {
    Thread closing = new Thread(client::close, "cdc-etcd-close");
    closing.setDaemon(true);
    closing.start();
  }
}
