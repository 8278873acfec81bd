package io.milvus.cdc.internal.client;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;

/** What a Milvus status says about what was done (Milvus 2.3.5 pkg/util/merr/errors.go). */
@SuppressWarnings("deprecation") // 2.3 fills the old code too, and some answers only that.
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

  /** The code, or the old one, moved out of the way, where that is all there is. */
  static int code(Status status) {
    return status.getCode() != 0 ? status.getCode() : OLD_CODES + status.getErrorCodeValue();
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
}
