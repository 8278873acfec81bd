package io.milvus.cdc.internal.milvus;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognizes refusals of a Milvus that end by themselves, or after a repair (Milvus 2.3.5
 * pkg/util/merr/errors.go). Some part is unreachable, restarts, is not loaded, or is exhausted.
 */
@SuppressWarnings("deprecation") // 2.3 also fills the old code; some answers have no other.
public final class Passing {
  /**
   * Not ready, unavailable, internal, rate limit; not loaded; too many collections; replica,
   * channel and node trouble.
   */
  private static final Set<Integer> CODES =
      Set.of(1, 2, 5, 8, 101, 102, 103, 201, 202, 401, 402, 500, 501, 502, 503, 901, 902);

  private static final Set<ErrorCode> OLD_CODES =
      Set.of(
          ErrorCode.NotShardLeader,
          ErrorCode.NoReplicaAvailable,
          ErrorCode.RateLimit,
          ErrorCode.NodeIDNotMatch,
          ErrorCode.TimeTickLongDelay,
          ErrorCode.NotReadyServe,
          ErrorCode.NotReadyCoordActivating,
          ErrorCode.DataCoordNA);

  private static final List<String> WORDS =
      List.of(
          "not ready",
          "not healthy",
          "unhealthy",
          "unavailable",
          "not available",
          "no available",
          "not shard leader",
          "not loaded",
          "not fully loaded",
          "node not match",
          "id not match",
          "node not found",
          "rate limit",
          "quota",
          "exceeded the limit",
          "exhausted",
          "no space left",
          "connection",
          "connect failed",
          "broken pipe",
          "reset by peer",
          "deadline exceeded",
          "context canceled",
          "timeout",
          "timed out",
          "producer",
          "etcdserver",
          "getsegmentid failed",
          "unexpected eof",
          "desc = eof");

  private Passing() {}

  /** Returns whether the same request may succeed in a while. */
  public static boolean is(Status status) {
    return status.getRetriable()
        || CODES.contains(status.getCode())
        || OLD_CODES.contains(status.getErrorCode())
        || mentionedIn(status.getReason());
  }

  /** Returns whether a reason has words of a temporary refusal. */
  public static boolean mentionedIn(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }
}
