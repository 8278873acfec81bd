package io.milvus.cdc.http.web;

import io.milvus.cdc.endpoint.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rejects requests that are not permitted. */
public final class Gate {
  private static final String BEARER = "bearer ";
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final @Nullable Secret token;
  private final boolean local;
  private final Rate rate;

  /**
   * Creates a gate.
   *
   * @param token the token that every call needs; null if none is needed
   * @param local whether only this machine can reach the server
   */
  public Gate(@Nullable Secret token, boolean local, Rate rate) {
    this.token = token;
    this.local = local;
    this.rate = rate;
  }

  /** Returns the reason why a call is rejected, or empty if it is permitted. */
  Optional<Answer> refusal(Call call, boolean open) {
    if (!rate.allows(call.caller())) {
      return Optional.of(
          Problems.of(429, "Too many requests. Wait a moment.").header("Retry-After", "1"));
    }
    if (foreign(call)) {
      return Optional.of(
          Problems.of(403, "A page of another site may not use this server from a browser."));
    }
    if (open || token == null || shows(call.header("Authorization"), token)) {
      return Optional.empty();
    }
    return Optional.of(
        Problems.of(401, "Send the server's token: 'Authorization: Bearer ...'.")
            .header("WWW-Authenticate", "Bearer"));
  }

  private static boolean shows(@Nullable String header, Secret token) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return false;
    }
    // isEqual needs the same time for a token that is nearly right as for any other.
    return MessageDigest.isEqual(
        hash(header.substring(BEARER.length()).trim()), hash(token.value()));
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * Returns whether a browser sends this call for a page of another site. Pages may send simple
   * requests to any address, including loopback, and may point a host name of their own to it.
   */
  private boolean foreign(Call call) {
    String host = call.header("Host");
    String origin = call.header("Origin");
    if (origin != null && !authority(origin).equalsIgnoreCase(String.valueOf(host))) {
      return true;
    }
    return local
        && token == null
        && host != null
        && !THIS_MACHINE.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
