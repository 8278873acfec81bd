package io.milvus.cdc.targets.milvus;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.error.Explanation;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Detects and switches the standby mode of a Milvus: {@code common.ttMsgEnabled}. A running Milvus
 * reads it from its etcd (pkg/config/etcd_source.go) within seconds. If its etcd is embedded, it
 * never does (pkg/util/paramtable/base_table.go).
 */
final class StandbyMode {
  private static final String KEY = "/config/common/ttMsgEnabled";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 100;

  /** Has a channel's name, because 2.5 checks that before its own mode. */
  private static final ReplicateMessageRequest QUESTION =
      ReplicateMessageRequest.newBuilder()
          .setChannelName("probe")
          .addMsgs(ByteString.EMPTY)
          .build();

  private final TargetRpc rpc;
  private final String uri;
  private final @Nullable ModeEtcd etcd;
  private final boolean allowed;

  StandbyMode(TargetRpc rpc, TargetSettings settings) {
    this.rpc = rpc;
    this.uri = settings.uri().toString();
    this.etcd = settings.etcd();
    this.allowed = settings.allowStandbySwitch();
  }

  /**
   * Returns the answer to an unreadable message, which changes nothing: {@link Answers#isStandby}
   * or {@link Answers#isWritable}.
   *
   * @throws RetriableException if the target answers anything else
   */
  Status probe() throws InterruptedException {
    Status answer = rpc.call(Methods.REPLICATE, QUESTION).getStatus();
    if (!Answers.isStandby(answer) && !Answers.isWritable(answer)) {
      throw new RetriableException(
          "The target at %s does not say whether it is a standby: %s."
              .formatted(uri, Answers.describe(answer)),
          "Check that it is ready.");
    }
    return answer;
  }

  boolean isStandby() throws InterruptedException {
    return Answers.isStandby(probe());
  }

  /** Returns the target's own time, as a hybrid timestamp. */
  long now() throws InterruptedException {
    AllocTimestampResponse answer =
        rpc.call(Methods.ALLOC_TIMESTAMP, AllocTimestampRequest.getDefaultInstance());
    if (!MilvusStatus.ok(answer.getStatus())) {
      throw Answers.schemaFailure("report its time at " + uri, answer.getStatus());
    }
    return answer.getTimestamp();
  }

  /**
   * Lets the target accept client writes, with timestamps that are all above this one.
   *
   * @return the steps that an operator must take; empty once the target reports that it is writable
   */
  List<String> end(long ceiling) throws InterruptedException {
    for (long now = now(); now <= ceiling; now = now()) {
      Thread.sleep(Math.max(1, Timestamps.millis(ceiling) - Timestamps.millis(now)));
    }
    if (!isStandby() && !allowed) {
      return List.of();
    }
    // Written again even if it is so already: the key prevents a later session from undoing it.
    if (etcd == null) {
      return List.of("Switch the target at %s to writable: %s.".formatted(uri, howToWrite(true)));
    }
    return write(etcd, true) ? List.of() : List.of(unmoved(etcd, true).text());
  }

  /**
   * Turns the target into a standby.
   *
   * @throws ConfigException with the command, if an operator must do that
   */
  void begin() throws InterruptedException {
    boolean standby = isStandby();
    if (etcd == null) {
      if (standby) {
        return;
      }
      throw new ConfigException(
          "The target at %s is no standby: %s. Then try again.".formatted(uri, howToWrite(false)),
          "");
    }
    // Also for a standby: a promotion that it has not applied may have left its value there.
    if ((!standby || isGivenOver(etcd)) && !write(etcd, false)) {
      throw unmoved(etcd, false).as(RetriableException::new);
    }
  }

  /**
   * Turns the target into a standby, unless it was made writable on purpose.
   *
   * @throws ConfigException if it was
   */
  void beginUnlessGivenOver() throws InterruptedException {
    if (!isStandby()) {
      refuseGivenOver();
      begin();
    }
  }

  /**
   * Rejects a Milvus that was made writable on purpose, as {@link #end} does.
   *
   * @throws ConfigException with the way back
   */
  void refuseGivenOver() throws InterruptedException {
    if (etcd != null && !isStandby() && isGivenOver(etcd)) {
      throw new ConfigException(
          ("The target at %s accepts client writes: %s is 'true' in its etcd, as after a"
                  + " promotion.")
              .formatted(uri, etcd.rootPath() + KEY),
          "Demote the promoted task. If no task was promoted, write 'false' to that key.");
    }
  }

  private static boolean isGivenOver(ModeEtcd settings) throws InterruptedException {
    try (EtcdConnection connection = settings.open()) {
      return isGivenOver(connection, settings);
    }
  }

  /**
   * Returns whether its etcd says that it is writable. If the key is missing, it may be switched.
   */
  static boolean isGivenOver(EtcdConnection connection, ModeEtcd settings)
      throws InterruptedException {
    return connection.value(settings.rootPath() + KEY).filter("true"::equalsIgnoreCase).isPresent();
  }

  private static String howToWrite(boolean ordinary) {
    return ("run `etcdctl put <its etcd.rootPath>%s %s` against its etcd, or set"
            + " common.ttMsgEnabled: %s in its milvus.yaml and restart it. If you set the"
            + " target's etcd and rootPath, the task writes that key itself")
        .formatted(KEY, ordinary, ordinary);
  }

  private Explanation unmoved(ModeEtcd settings, boolean ordinary) {
    return new Explanation(
        "The target at %s does not follow %s%s in %s."
            .formatted(uri, settings.rootPath(), KEY, settings.endpoint()),
        ("Check that rootPath is its etcd.rootPath. A Milvus with an embedded etcd never"
                + " reads that key. In that case, set common.ttMsgEnabled: %s in its milvus.yaml"
                + " and restart it.")
            .formatted(ordinary));
  }

  /** Writes the mode. Returns whether the target has applied it. */
  private boolean write(ModeEtcd settings, boolean ordinary) throws InterruptedException {
    try (EtcdConnection connection = settings.open()) {
      connection.put(settings.rootPath() + KEY, Boolean.toString(ordinary));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isStandby() == ordinary) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }
}
