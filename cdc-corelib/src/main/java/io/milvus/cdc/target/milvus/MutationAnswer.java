package io.milvus.cdc.target.milvus;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.Status;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a target's answer to a change of rows means (Milvus 2.3 and 2.5 pkg/util/merr/errors.go;
 * Milvus Lite 3.2 fills both codes with the old one's number).
 *
 * @param timestamp of the change on the target; 0 where it does not tell
 */
@SuppressWarnings("deprecation") // 2.3 fills the old code too, and some answers only that.
record MutationAnswer(Meaning meaning, String reason, long timestamp) {
  /** What to do about it. */
  enum Meaning {
    DONE,
    /** The same request later: a rate, a quota, memory or disk is used up. */
    LATER,
    /** Less at a time. */
    SMALLER,
    /** This request is refused whenever it comes. */
    NEVER,
    /** Nobody knows. */
    UNCLEAR
  }

  /** Memory, too many requests, disk, rate, quota or force deny, lagging ticks. */
  private static final Set<Integer> LATER_CODES = Set.of(3, 4, 7, 8, 9, 11);

  private static final Set<ErrorCode> OLD_LATER_CODES =
      Set.of(
          ErrorCode.RateLimit,
          ErrorCode.ForceDeny,
          ErrorCode.MemoryQuotaExhausted,
          ErrorCode.DiskQuotaExhausted,
          ErrorCode.TimeTickLongDelay);

  private static final List<String> TOO_LARGE =
      List.of("maxinsertsize", "larger than max", "too large", "message length too large");

  /** Invalid, missing or too large parameters, and what a collection cannot hold. */
  private static final Set<Integer> NEVER_CODES = Set.of(1100, 1101, 1102, 1700, 1701);

  private static final Set<ErrorCode> OLD_NEVER_CODES =
      Set.of(
          ErrorCode.IllegalArgument,
          ErrorCode.IllegalDimension,
          ErrorCode.IllegalRowRecord,
          ErrorCode.UpsertAutoIDTrue);

  /** Milvus Lite's IllegalArgument; Milvus has another meaning for it, and never answers it. */
  private static final int LITE_ILLEGAL_ARGUMENT = 6;

  static MutationAnswer of(MutationResult result) {
    Status status = result.getStatus();
    return new MutationAnswer(meaningOf(status), Answers.describe(status), result.getTimestamp());
  }

  /** What gRPC answers in the place of Milvus. */
  static MutationAnswer of(io.grpc.Status exhausted) {
    String reason = String.valueOf(exhausted.getDescription());
    return new MutationAnswer(
        mentions(reason, TOO_LARGE) ? Meaning.SMALLER : Meaning.LATER, reason, 0);
  }

  private static Meaning meaningOf(Status status) {
    if (Answers.ok(status)) {
      return Meaning.DONE;
    }
    if (mentions(status.getReason(), TOO_LARGE)) {
      return Meaning.SMALLER;
    }
    if (LATER_CODES.contains(status.getCode()) || OLD_LATER_CODES.contains(status.getErrorCode())) {
      return Meaning.LATER;
    }
    return NEVER_CODES.contains(status.getCode())
            || OLD_NEVER_CODES.contains(status.getErrorCode())
            || status.getCode() == LITE_ILLEGAL_ARGUMENT
        ? Meaning.NEVER
        : Meaning.UNCLEAR;
  }

  private static boolean mentions(String reason, List<String> words) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }
}
