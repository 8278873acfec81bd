package io.milvus.cdc.internal.client;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.grpc.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Thrown if Milvus rejected a request, or did not answer, until the retries ended. */
public final class MilvusException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** The code if there was no answer. */
  public static final int NO_ANSWER = -1;

  private final @Nullable Status status;
  private final boolean unsure;

  private MilvusException(
      String message, @Nullable Status status, boolean unsure, @Nullable Throwable cause) {
    super(message, "", cause);
    this.status = status;
    this.unsure = unsure;
  }

  static MilvusException refused(String what, String uri, Status status) {
    return new MilvusException(
        "Milvus at %s refused to %s: code %d, %s"
            .formatted(uri, what, MilvusStatus.code(status), status.getReason()),
        status,
        !MilvusStatus.definitelyNotDone(status),
        null);
  }

  static MilvusException noAnswer(String what, String uri, CallException cause) {
    return new MilvusException(
        "No answer from Milvus at %s to %s: %s".formatted(uri, what, messages(cause)),
        null,
        !cause.neverConnected(),
        cause);
  }

  private static String messages(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failure
        ? String.valueOf(failure.getMessage())
        : failure.getMessage() + ", " + root.getMessage();
  }

  /** Creates the exception for a wait that was in vain. */
  public static MilvusException waited(String message) {
    return new MilvusException(message, null, true, null);
  }

  /** Returns Milvus's own code for the failure, or {@link #NO_ANSWER}. */
  public int code() {
    return status == null ? NO_ANSWER : MilvusStatus.code(status);
  }

  /**
   * Returns whether the request may have been applied, wholly or partially, in spite of the
   * failure.
   */
  public boolean unsure() {
    return unsure;
  }

  /** Returns whether the collection or its database does not exist. */
  public boolean notFound() {
    return status != null && MilvusStatus.notFound(status);
  }

  /** Returns whether there is no index. */
  boolean noIndex() {
    return status != null && MilvusStatus.noIndex(status);
  }

  /** Returns whether the message contains these words, which are in lower case. */
  public boolean mentions(String words) {
    return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains(words);
  }
}
