package io.milvus.cdc.client;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a Milvus status means to someone who could ask again (Milvus 2.3.5 pkg/util/merr/errors.go).
 */
@SuppressWarnings("deprecation") // 2.3 fills the old code too, and some answers only that.
final class Answers {
  static final int COLLECTION_NOT_FOUND = 100;
  static final int DATABASE_NOT_FOUND = 800;

  private static final int NOT_READY = 1;
  private static final int RATE_LIMIT = 8;
  private static final int OLD_CODES = 1 << 20;

  /**
   * Not ready, unavailable, internal, rate limit; not loaded; replica, channel and node trouble.
   */
  private static final Set<Integer> PASSING_CODES =
      Set.of(1, 2, 5, 8, 101, 103, 201, 202, 401, 402, 500, 501, 502, 503, 901, 902);

  private static final Set<ErrorCode> PASSING_OLD_CODES =
      Set.of(
          ErrorCode.NotShardLeader,
          ErrorCode.NoReplicaAvailable,
          ErrorCode.RateLimit,
          ErrorCode.NodeIDNotMatch,
          ErrorCode.TimeTickLongDelay,
          ErrorCode.NotReadyServe,
          ErrorCode.NotReadyCoordActivating,
          ErrorCode.DataCoordNA);

  private static final List<String> PASSING_WORDS =
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
          "not match",
          "rate limit",
          "connection",
          "connect failed",
          "deadline exceeded",
          "context canceled",
          "timeout",
          "timed out",
          "etcdserver",
          "getsegmentid failed",
          "eof");

  private Answers() {}

  static boolean ok(Status status) {
    return status.getCode() == 0 && status.getErrorCode() == ErrorCode.Success;
  }

  /** The code, or the old one, moved out of the way, where that is all there is. */
  static int code(Status status) {
    return status.getCode() != 0 ? status.getCode() : OLD_CODES + status.getErrorCodeValue();
  }

  /** Whether the same request may succeed in a while. */
  static boolean passing(Status status) {
    return status.getRetriable()
        || PASSING_CODES.contains(status.getCode())
        || PASSING_OLD_CODES.contains(status.getErrorCode())
        || PASSING_WORDS.stream().anyMatch(lowerCase(status)::contains);
  }

  /** Whether nothing at all was done. */
  static boolean definitelyNotDone(Status status) {
    return status.getCode() == NOT_READY
        || status.getCode() == RATE_LIMIT
        || status.getCode() == COLLECTION_NOT_FOUND
        || status.getCode() == DATABASE_NOT_FOUND
        || status.getErrorCode() == ErrorCode.RateLimit
        || status.getErrorCode() == ErrorCode.NotReadyServe;
  }

  private static String lowerCase(Status status) {
    return status.getReason().toLowerCase(Locale.ROOT);
  }
}
