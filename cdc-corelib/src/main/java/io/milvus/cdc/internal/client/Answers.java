package io.milvus.cdc.internal.client;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;

/** Interprets a Milvus status (Milvus 2.3.5 pkg/util/merr/errors.go). */
@SuppressWarnings("deprecation") // 2.3 also fills the old code; some answers have no other.
final class Answers {
  static final int COLLECTION_NOT_FOUND = 100;
  static final int DATABASE_NOT_FOUND = 800;

  private static final int NOT_READY = 1;
  private static final int RATE_LIMIT = 8;
  private static final int OLD_CODES = 1 << 20;

  private Answers() {}

  static boolean ok(Status status) {
    return status.getCode() == 0 && status.getErrorCode() == ErrorCode.Success;
  }

  /** Returns the code. If there is only the old code, returns it in a range of its own. */
  static int code(Status status) {
    return status.getCode() != 0 ? status.getCode() : OLD_CODES + status.getErrorCodeValue();
  }

  /** Returns whether certainly nothing was done. */
  static boolean definitelyNotDone(Status status) {
    return status.getCode() == NOT_READY
        || status.getCode() == RATE_LIMIT
        || status.getCode() == COLLECTION_NOT_FOUND
        || status.getCode() == DATABASE_NOT_FOUND
        || status.getErrorCode() == ErrorCode.RateLimit
        || status.getErrorCode() == ErrorCode.NotReadyServe;
  }
}
