package io.milvus.cdc.target.milvus;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.etcd.EtcdConnection;
import io.milvus.cdc.etcd.EtcdSettings;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Milvus is a replica, and the switch for it: {@code common.ttMsgEnabled}, which a
 * running 2.3 takes from its etcd (pkg/config/etcd_source.go) within seconds.
 */
final class ReplicaMode {
  private static final String KEY = "/config/common/ttMsgEnabled";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 100;

  private final MilvusRpc rpc;
  private final String uri;
  private final @Nullable EtcdSettings etcd;
  private final boolean allowed;

  ReplicaMode(MilvusRpc rpc, TargetSettings settings) {
    this.rpc = rpc;
    this.uri = settings.uri().toString();
    this.etcd = settings.etcd();
    this.allowed = settings.makeReplica();
  }

  /**
   * A request without a channel changes nothing and tells a replica (1100) from the rest (1900).
   */
  Status probe() throws InterruptedException {
    return rpc.call(Methods.REPLICATE, ReplicateMessageRequest.getDefaultInstance()).getStatus();
  }

  boolean isReplica() throws InterruptedException {
    return probe().getCode() == Answers.INVALID_PARAMETER;
  }

  /** The target's own time, as a hybrid timestamp. */
  long now() throws InterruptedException {
    AllocTimestampResponse answer =
        rpc.call(Methods.ALLOC_TIMESTAMP, AllocTimestampRequest.getDefaultInstance());
    if (!Answers.ok(answer.getStatus())) {
      throw Answers.schemaFailure("tell its time at " + uri, answer.getStatus());
    }
    return answer.getTimestamp();
  }

  /**
   * Makes it an ordinary Milvus, whose own timestamps are all above this one.
   *
   * @return what a person must do for that, or nothing
   */
  List<String> end(long ceiling) throws InterruptedException {
    for (long now = now(); now <= ceiling; now = now()) {
      Thread.sleep(Math.max(1, Timestamps.millis(ceiling) - Timestamps.millis(now)));
    }
    if (!isReplica() && !allowed) {
      return List.of();
    }
    // Said again where it is so already: the key keeps a later session from undoing it.
    if (etcd == null) {
      return List.of("Make the target at %s writable: %s.".formatted(uri, howToWrite(true)));
    }
    write(etcd, true);
    return List.of();
  }

  /**
   * Makes it a replica.
   *
   * @throws ConfigException with the command, where a person must do that
   */
  void begin() throws InterruptedException {
    if (isReplica()) {
      return;
    }
    if (etcd == null) {
      throw new ConfigException(
          "The target at %s is no replica: %s, and try again.".formatted(uri, howToWrite(false)));
    }
    write(etcd, false);
  }

  /**
   * Makes it a replica, where nobody made it an ordinary Milvus on purpose.
   *
   * @throws ConfigException where somebody did
   */
  void beginUnlessGivenOver() throws InterruptedException {
    if (!isReplica()) {
      refuseGivenOver();
      begin();
    }
  }

  /**
   * Refuses a Milvus that somebody made an ordinary one, as {@link #end} does.
   *
   * @throws ConfigException with what leads back
   */
  void refuseGivenOver() throws InterruptedException {
    if (etcd != null && !isReplica() && isGivenOver(etcd)) {
      throw new ConfigException(
          ("The target at %s takes writes of others: %s is 'true' in its etcd, as a promotion leaves"
                  + " it. Call demote() on the task that was promoted; or, where none was, write"
                  + " 'false' there.")
              .formatted(uri, etcd.rootPath() + KEY));
    }
  }

  private static boolean isGivenOver(EtcdSettings settings) throws InterruptedException {
    try (EtcdConnection connection = EtcdConnection.open(settings)) {
      return isGivenOver(connection, settings);
    }
  }

  /** Whether its etcd says that it is to be an ordinary Milvus. Without a word there it may be. */
  static boolean isGivenOver(EtcdConnection connection, EtcdSettings settings)
      throws InterruptedException {
    return connection.value(settings.rootPath() + KEY).filter("true"::equalsIgnoreCase).isPresent();
  }

  private static String howToWrite(boolean ordinary) {
    return ("run `etcdctl put <its etcd.rootPath>%s %s` against its etcd, or set"
            + " common.ttMsgEnabled: %s in its milvus.yaml and restart it; give MilvusTarget's"
            + " builder etcd(...) and rootPath(...) to have it done for you")
        .formatted(KEY, ordinary, ordinary);
  }

  private void write(EtcdSettings settings, boolean ordinary) throws InterruptedException {
    try (EtcdConnection connection = EtcdConnection.open(settings)) {
      connection.put(settings.rootPath() + KEY, Boolean.toString(ordinary));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isReplica() == ordinary) {
      if (System.nanoTime() > deadline) {
        throw new RetriableException(
            "The target at %s does not follow %s%s in etcd at %s. Check that rootPath is its etcd.rootPath."
                .formatted(uri, settings.rootPath(), KEY, settings.endpoints()));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
