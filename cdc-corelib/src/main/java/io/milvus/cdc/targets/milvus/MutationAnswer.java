package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.cdc.internal.milvus.Passing;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.Status;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Interprets a target's answer to a change of rows (Milvus 2.3 and 2.5 pkg/util/merr/errors.go;
 * Milvus Lite 3.2 sets both codes to the old one's number).
 *
 * @param code the code of Milvus
 * @param timestamp that of the change on the target; 0 if it is unknown
 */
@SuppressWarnings("deprecation") // 2.3 sets the old code too, and some answers have only that one.
record MutationAnswer(Meaning meaning, int code, String reason, long timestamp) {
  private static final int NO_CODE = -1;

  /** Lists the reactions to an answer. */
  enum Meaning {
    DONE,
    /** Send the same request later: a resource is used up, unreachable or not ready. */
    LATER,
    /** Send less at a time. */
    SMALLER,
    /** This request is rejected at any time. */
    NEVER,
    /** An object of the request does not exist, so the session must find its counterparts again. */
    LOST,
    /** The answer may or may not be final. */
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

  /** Invalid, missing or too large parameters, and values that a collection cannot hold. */
  private static final Set<Integer> NEVER_CODES = Set.of(1100, 1101, 1102, 1700, 1701);

  /** Texts about an expression. An answer that repeats the expression may contain any words. */
  private static final List<String> NOT_UNDERSTOOD =
      List.of("parse expression", "create expr plan", "create delete plan");

  private static final Set<Integer> LOST_CODES = Set.of(100, 200, 800);

  private static final Set<ErrorCode> OLD_NEVER_CODES =
      Set.of(
          ErrorCode.IllegalArgument,
          ErrorCode.IllegalDimension,
          ErrorCode.IllegalRowRecord,
          ErrorCode.UpsertAutoIDTrue);

  /** Milvus Lite's IllegalArgument. Milvus has another meaning for it, and never answers it. */
  private static final int LITE_ILLEGAL_ARGUMENT = 6;

  static MutationAnswer of(MutationResult result) {
    Status status = result.getStatus();
    return new MutationAnswer(
        meaningOf(status), status.getCode(), Answers.describe(status), result.getTimestamp());
  }

  /** Returns the answer if gRPC answers in the place of Milvus. */
  static MutationAnswer of(CallException overloaded) {
    String reason = overloaded.reason();
    return new MutationAnswer(
        mentions(reason, TOO_LARGE) ? Meaning.SMALLER : Meaning.LATER, NO_CODE, reason, 0);
  }

  private static Meaning meaningOf(Status status) {
    if (MilvusStatus.ok(status)) {
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
    if (LOST_CODES.contains(status.getCode()) || MilvusStatus.notFound(status)) {
      return Meaning.LOST;
    }
    return Passing.is(status) ? Meaning.LATER : Meaning.UNCLEAR;
  }

  /** Returns the answer if gRPC, or a proxy on the way, answers in the place of Milvus. */
  static MutationAnswer of(RefusedException refused) {
    return new MutationAnswer(Meaning.UNCLEAR, NO_CODE, String.valueOf(refused.getMessage()), 0);
  }

  private static boolean mentions(String reason, List<String> words) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }
}
