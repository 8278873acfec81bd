package io.milvus.cdc.endpoint;

import io.milvus.cdc.error.ConfigException;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses addresses that begin with {@code http://} or {@code https://}. */
final class HttpAddress {
  private HttpAddress() {}

  /**
   * Parses an address.
   *
   * @param server the name of the server for a message
   * @param example a valid address
   * @param login a sentence that says how to set credentials
   * @throws ConfigException if the address is not valid, or holds credentials
   */
  static URI parse(String server, String address, String example, String login) {
    refuseCredentials(server, address, login);
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null && isHttp(uri)) {
        return uri;
      }
      throw notValid(server, address, example, null);
    } catch (IllegalArgumentException e) {
      throw notValid(server, address, example, e);
    }
  }

  private static ConfigException notValid(
      String server, String address, String example, @Nullable Throwable cause) {
    return new ConfigException(
        "'%s' is not a valid address of %s.".formatted(address, server),
        "Use an address like %s.".formatted(example),
        cause);
  }

  /** Rejects an address that holds credentials, and does not show them. */
  static void refuseCredentials(String server, String address, String login) {
    Objects.requireNonNull(address, "address");
    if (address.contains("@")) {
      throw new ConfigException("The address of %s holds credentials.".formatted(server), login);
    }
  }

  private static boolean isHttp(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || isHttps(uri);
  }

  static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Returns the address in one spelling, so that equal addresses belong to one server. */
  static URI normalized(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create((uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT) + port);
  }
}
