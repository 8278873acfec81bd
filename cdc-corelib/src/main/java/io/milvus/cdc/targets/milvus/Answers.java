package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.error.Shown;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.cdc.internal.milvus.Passing;
import io.milvus.grpc.Status;
import java.util.List;

/**
 * Interprets the statuses that only a target answers (Milvus 2.3.5 pkg/util/merr,
 * internal/proxy/impl.go).
 */
final class Answers {
  private static final int NOT_A_STANDBY = 1900;

  /**
   * Texts of Kafka's client in Milvus, as tried on 2.3.5, and of Pulsar's (its
   * producer_partition.go).
   */
  private static final List<String> TOO_LARGE =
      List.of("message size too large", "exceeds maxmessagesize", "messagetoobig");

  /** Some answers repeat the whole request. */
  private static final int LONGEST_REASON = 400;

  private static final int BAD_MESSAGE = 1901;
  private static final int NO_SEGMENT = 1902;
  private static final int DENIED = 1303;
  private static final int ALIAS_NOT_FOUND = 1600;
  private static final int NOT_AUTHENTICATED = 1400;

  private Answers() {}

  /** Returns whether a Milvus that is not a standby answers any ReplicateMessage like this. */
  static boolean isWritable(Status status) {
    return status.getCode() == NOT_A_STANDBY;
  }

  /** Returns whether a standby answers an unreadable message like this. */
  static boolean isStandby(Status status) {
    return definitelyNever(status);
  }

  static boolean noAlias(Status status) {
    return status.getCode() == ALIAS_NOT_FOUND || MilvusStatus.mentions(status, "alias not found");
  }

  static boolean wrongPassword(Status status) {
    return status.getCode() == NOT_AUTHENTICATED
        || MilvusStatus.mentions(status, "old password not correct");
  }

  /**
   * Returns whether the call accepts single privileges only (2.5 internal/rootcoord
   * isValidPrivilege).
   */
  static boolean takesNoGroup(Status status) {
    return MilvusStatus.mentions(status, "privilege group");
  }

  static boolean partitionIsLoaded(Status status) {
    return MilvusStatus.mentions(status, "partition is loaded");
  }

  /**
   * Returns whether certainly nothing of the request was produced, and the same request may succeed
   * later.
   */
  static boolean definitelyNotYet(Status status) {
    return status.getCode() == NO_SEGMENT || MilvusStatus.mentions(status, "getsegmentid failed");
  }

  /**
   * Returns whether certainly nothing of the request was produced, because a message in it is
   * unreadable. All messages are read before the first is produced.
   */
  static boolean definitelyNever(Status status) {
    return status.getCode() == BAD_MESSAGE;
  }

  /**
   * Returns whether the target's queue rejects a message of this size. Messages before that one are
   * produced.
   */
  static boolean tooLarge(Status status) {
    return TOO_LARGE.stream().anyMatch(words -> MilvusStatus.mentions(status, words));
  }

  /**
   * Returns whether nothing was produced because the target writes to a stream that it created
   * before it became a standby again.
   */
  static boolean deniedByOldStream(Status status) {
    return status.getCode() == DENIED && MilvusStatus.mentions(status, "deny to write");
  }

  /** Returns the exception for a rejected ReplicateMessage. */
  static RuntimeException replicateFailure(String channel, Status status) {
    String detail = "channel %s: %s".formatted(channel, describe(status));
    return switch (status.getCode()) {
      case NOT_A_STANDBY -> notAStandby(detail).as(ConfigException::new);
      case BAD_MESSAGE ->
          new TargetException("The target cannot read our message on " + detail, "");
      case NO_SEGMENT -> new RetriableException("The target has no segment for " + detail, "");
      default ->
          Passing.is(status)
              ? new UnknownOutcomeException("The target failed on " + detail, "")
              : new RefusedException("The target failed on " + detail, "");
    };
  }

  static Explanation notAStandby(String detail) {
    return new Explanation(
        "The target is no standby (" + detail + ").",
        "Set common.ttMsgEnabled: false in its milvus.yaml, or write 'false' to <its"
            + " etcd.rootPath>/config/common/ttMsgEnabled in its etcd, which has immediate"
            + " effect. If it is also to accept client writes, set clientWrites instead.");
  }

  /** Returns the exception for a rejected change of the catalog, or a request about it. */
  static RuntimeException schemaFailure(String what, Status status) {
    String message = "The target refused to %s: %s".formatted(what, describe(status));
    return Passing.is(status)
        ? new RetriableException(message, "")
        : new RefusedException(message, "");
  }

  static String describe(Status status) {
    return "code %d, %s".formatted(status.getCode(), Shown.cut(status.getReason(), LONGEST_REASON));
  }
}
