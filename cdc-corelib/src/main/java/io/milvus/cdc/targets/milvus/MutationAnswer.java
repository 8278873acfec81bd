package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.internal.client.Passing;
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
 * @param code the one of Milvus
 * @param timestamp of the change on the target; 0 where it does not tell
 */
@SuppressWarnings("deprecation") // 2.3 fills the old code too, and some answers only that.
record MutationAnswer(Meaning meaning, int code, String reason, long timestamp) {
  private static final int NO_CODE = -1;

  /** What to do about it. */
  enum Meaning {
    DONE,
    /** The same request later: something is used up, away, or not ready. */
    LATER,
    /** Less at a time. */
    SMALLER,
    /** This request is refused whenever it comes. */
    NEVER,
    /** What it is about is not there, so that the session must look for its counterparts again. */
    LOST,
    /** It does not say whether it lasts. */
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

  /** Of an expression: an answer that repeats it may have any words. */
  private static final List<String> NOT_UNDERSTOOD =
      List.of("parse expression", "create expr plan", "create delete plan");

  private static final Set<Integer> LOST_CODES = Set.of(100, 200, 800);

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
    return new MutationAnswer(
        meaningOf(status), status.getCode(), Answers.describe(status), result.getTimestamp());
  }

  /** What gRPC answers in the place of Milvus. */
  static MutationAnswer of(io.grpc.Status exhausted) {
    String reason = String.valueOf(exhausted.getDescription());
    return new MutationAnswer(
        mentions(reason, TOO_LARGE) ? Meaning.SMALLER : Meaning.LATER, NO_CODE, reason, 0);
  }

  private static Meaning meaningOf(Status status) {
    if (Answers.ok(status)) {
      return Meaning.DONE;
    }
    if (mentions(status.getReason(), NOT_UNDERSTOOD)) {
      return Meaning.NEVER;
    }
    if (mentions(status.getReason(), TOO_LARGE)) {
      return Meaning.SMALLER;
    }
    if (LATER_CODES.contains(status.getCode()) || OLD_LATER_CODES.contains(status.getErrorCode())) {
      return Meaning.LATER;
    }
    if (NEVER_CODES.contains(status.getCode())
        || OLD_NEVER_CODES.contains(status.getErrorCode())
        || status.getCode() == LITE_ILLEGAL_ARGUMENT) {
      return Meaning.NEVER;
    }
    if (LOST_CODES.contains(status.getCode()) || Answers.notFound(status)) {
      return Meaning.LOST;
    }
    return Passing.is(status) ? Meaning.LATER : Meaning.UNCLEAR;
  }

  /** What gRPC, or a proxy on the way, answers in the place of Milvus. */
  static MutationAnswer of(RefusedException refused) {
    return new MutationAnswer(Meaning.UNCLEAR, NO_CODE, String.valueOf(refused.getMessage()), 0);
  }

  private static boolean mentions(String reason, List<String> words) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }
}
