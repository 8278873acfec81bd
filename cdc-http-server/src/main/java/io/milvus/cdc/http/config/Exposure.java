package io.milvus.cdc.http.config;

import io.milvus.cdc.error.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Checks whether a server would be open to more callers than intended. */
public final class Exposure {
  private Exposure() {}

  /**
   * Accepts a server that other machines cannot reach, that requires a token over TLS, or that is
   * open on purpose.
   *
   * @throws ConfigException if the server is none of these; the message lists the choices
   */
  public static void check(ServerConfig config) {
    if (config.insecure() || local(config) || (config.token() != null && config.tls() != null)) {
      return;
    }
    String lacks =
        config.token() == null && config.tls() == null
            ? "neither a token nor TLS"
            : config.token() == null ? "no token" : "no TLS";
    throw new ConfigException(
        ("%s can be reached from other machines, and there is %s: any user there could"
                + " delete tasks, or read the traffic.")
            .formatted(config.listen().host(), lacks),
        "Set 'token' (or MILVUS_CDC_TOKEN) and 'tls', or listen on 127.0.0.1. If the"
            + " network keeps other users away, set 'insecure: true' (--insecure).");
  }

  /** Returns whether only this machine can reach the server. */
  public static boolean local(ServerConfig config) {
    try {
      return InetAddress.getByName(config.listen().host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new ConfigException(
          "Host '%s' to listen on is unknown.".formatted(config.listen().host()),
          "Use an address of this machine.",
          e);
    }
  }
}
