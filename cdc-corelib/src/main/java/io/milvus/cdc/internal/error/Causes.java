package io.milvus.cdc.internal.error;

import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Searches the causes of an exception, because clients wrap the facts that a user must know. */
public final class Causes {
  private Causes() {}

  /** Returns the first exception of a kind, beginning with the exception itself. */
  public static <E extends Throwable> Optional<E> find(@Nullable Throwable failure, Class<E> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns whether either side refused TLS. A connection that merely ends during its handshake
   * does not show that.
   */
  public static boolean refusesTls(Throwable failure) {
    return find(failure, CertificateException.class).isPresent()
        || find(failure, SSLException.class)
            .filter(refusal -> !String.valueOf(refusal.getMessage()).contains("closed"))
            .isPresent();
  }

  /** Returns the innermost cause's message, or its kind if it has no message. */
  public static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
