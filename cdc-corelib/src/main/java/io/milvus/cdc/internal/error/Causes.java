package io.milvus.cdc.internal.error;

import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Looks behind an exception: clients wrap what a user must know. */
public final class Causes {
  private Causes() {}

  /** The first of a kind, beginning with the exception itself. */
  public static <E extends Throwable> Optional<E> find(@Nullable Throwable failure, Class<E> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether TLS was refused, by either side, and not merely broken off: a connection that ends
   * while it is made says nothing of TLS.
   */
  public static boolean refusesTls(Throwable failure) {
    return find(failure, CertificateException.class).isPresent()
        || find(failure, SSLException.class)
            .filter(refusal -> !String.valueOf(refusal.getMessage()).contains("closed"))
            .isPresent();
  }

  /** The innermost one's message, or its kind where it has none. */
  public static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
