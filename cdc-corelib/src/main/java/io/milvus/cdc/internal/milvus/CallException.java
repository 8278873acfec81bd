package io.milvus.cdc.internal.milvus;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.milvus.cdc.internal.error.Causes;
import java.net.ConnectException;

/** Thrown if a call has no answer of a Milvus: gRPC, or a proxy on the way, reports a failure. */
public final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which failure it is. */
  public enum Kind {
    /** The credentials are missing or wrong. */
    UNAUTHENTICATED,
    /** The user lacks a privilege. */
    DENIED,
    /** The server does not know the call. */
    UNKNOWN_CALL,
    /** The server accepts no more for now, or the message is too large. */
    OVERLOADED,
    /** The server itself rejected the request. */
    REFUSED,
    /** The server is unreachable or not ready. The request may have been applied. */
    NO_ANSWER
  }

  private final Kind kind;
  private final String reason;

  private CallException(Kind kind, String reason, Throwable failure) {
    super(failure.getMessage(), failure.getCause());
    this.kind = kind;
    this.reason = reason;
  }

  /** Returns the explanation of a failed answer. */
  public static CallException of(Throwable failure) {
    Status status =
        failure instanceof StatusRuntimeException failed ? failed.getStatus() : Status.UNKNOWN;
    return new CallException(kindOf(status), String.valueOf(status.getDescription()), failure);
  }

  private static Kind kindOf(Status status) {
    return switch (status.getCode()) {
      case UNAUTHENTICATED -> Kind.UNAUTHENTICATED;
      case PERMISSION_DENIED -> Kind.DENIED;
      case UNIMPLEMENTED -> Kind.UNKNOWN_CALL;
      case RESOURCE_EXHAUSTED -> Kind.OVERLOADED;
      default -> isAnswer(status) ? Kind.REFUSED : Kind.NO_ANSWER;
    };
  }

  /** Returns whether the server itself rejected the call, and not the network. */
  private static boolean isAnswer(Status status) {
    String said = String.valueOf(status.getDescription());
    return switch (status.getCode()) {
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, NOT_FOUND, ALREADY_EXISTS ->
          !Passing.mentionedIn(said);
      case UNKNOWN -> status.getDescription() != null && !Passing.mentionedIn(said);
      case INTERNAL -> said.contains("unmarshal");
      default -> false;
    };
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the reason without the code. */
  public String reason() {
    return reason;
  }

  /** Returns whether the server was never reached, so that nothing was applied. */
  public boolean neverConnected() {
    return Causes.find(this, ConnectException.class).isPresent();
  }
}
