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
        ("%s can be reached from other machines, and there is %s: anybody there could "
                + "delete tasks, or read along.")
            .formatted(config.listen().host(), lacks),
        "Give 'token' (or MILVUS_CDC_TOKEN) and 'tls', or listen on 127.0.0.1, or say "
            + "'insecure: true' (--insecure) where the network keeps others away.");
  }

  /** Returns whether only this machine can reach the server. */
  public static boolean local(ServerConfig config) {
    try {
      return InetAddress.getByName(config.listen().host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new ConfigException(
          "Nothing is known of host '%s' to listen on.".formatted(config.listen().host()),
          "Give one of this machine's addresses.",
          e);
    }
  }
}
