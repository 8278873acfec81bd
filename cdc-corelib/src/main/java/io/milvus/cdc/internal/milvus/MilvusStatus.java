package io.milvus.cdc.internal.milvus;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;
import java.util.Locale;

/** Interprets a Milvus status (Milvus 2.3.5 pkg/util/merr/errors.go). */
@SuppressWarnings("deprecation") // 2.3 also fills the old code; some answers have no other.
public final class MilvusStatus {
  private static final int NOT_READY = 1;
  private static final int RATE_LIMIT = 8;
  private static final int COLLECTION_NOT_FOUND = 100;
  private static final int INDEX_NOT_FOUND = 700;
  private static final int DATABASE_NOT_FOUND = 800;
  private static final int OLD_CODES = 1 << 20;

  private MilvusStatus() {}

  /** Returns whether Milvus did as requested. */
  public static boolean ok(Status status) {
    return status.getCode() == 0 && status.getErrorCode() == ErrorCode.Success;
  }

  /** Returns the code. If there is only the old code, returns it in a range of its own. */
  public static int code(Status status) {
    return status.getCode() != 0 ? status.getCode() : OLD_CODES + status.getErrorCodeValue();
  }

  /** Returns whether the collection or its database does not exist. */
  public static boolean notFound(Status status) {
    return status.getCode() == COLLECTION_NOT_FOUND
        || status.getCode() == DATABASE_NOT_FOUND
        || status.getErrorCode() == ErrorCode.CollectionNotExists
        || mentions(status, "collection not found")
        || mentions(status, "can't find collection")
        || mentions(status, "does not exist");
  }

  /** Returns whether there is no index. */
  public static boolean noIndex(Status status) {
    return status.getCode() == INDEX_NOT_FOUND
        || status.getErrorCode() == ErrorCode.IndexNotExist
        || mentions(status, "index not found");
  }

  /** Returns whether certainly nothing was done. */
  public static boolean definitelyNotDone(Status status) {
    return status.getCode() == NOT_READY
        || status.getCode() == RATE_LIMIT
        || status.getCode() == COLLECTION_NOT_FOUND
        || status.getCode() == DATABASE_NOT_FOUND
        || status.getErrorCode() == ErrorCode.RateLimit
        || status.getErrorCode() == ErrorCode.NotReadyServe;
  }

  /** Returns whether the reason contains these words, which are in lower case. */
  public static boolean mentions(Status status, String words) {
    return status.getReason().toLowerCase(Locale.ROOT).contains(words);
  }
}
