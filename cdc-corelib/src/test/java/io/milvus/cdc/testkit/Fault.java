package io.milvus.cdc.testkit;

import io.grpc.Status;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeMilvus} does wrong with one call.
 *
 * @param answer what it says instead of doing it, or null to do it
 * @param cut the error that the caller sees instead of an answer, or null
 * @param doneFirst whether it is done before the cut
 * @param gate what it waits for first, or null
 */
public record Fault(
    io.milvus.grpc.@Nullable Status answer,
    Status.@Nullable Code cut,
    boolean doneFirst,
    @Nullable CountDownLatch gate) {

  public static Fault code(int code, String reason) {
    return new Fault(
        io.milvus.grpc.Status.newBuilder().setCode(code).setReason(reason).build(),
        null,
        false,
        null);
  }

  public static Fault error(Status.Code code) {
    return new Fault(null, code, false, null);
  }

  /** The connection breaks before anything is done. */
  public static Fault cutBefore() {
    return error(Status.Code.UNAVAILABLE);
  }

  /** It is done, and the connection breaks before the answer. */
  public static Fault cutAfter() {
    return new Fault(null, Status.Code.UNAVAILABLE, true, null);
  }

  public static Fault waitFor(CountDownLatch gate) {
    return new Fault(null, null, false, gate);
  }
}
