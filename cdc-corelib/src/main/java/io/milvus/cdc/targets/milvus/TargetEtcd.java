package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.RunningMilvus;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Holds the findings in a target's etcd.
 *
 * @param givenOver whether it was made writable on purpose
 * @param running the target's own description there, if it can be read
 */
record TargetEtcd(List<Finding> findings, boolean givenOver, Optional<RunningMilvus> running) {
  private static final String PURSUIT = "/config/mq/enablePursuitMode";

  /**
   * Reads the etcd.
   *
   * @param needed whether replication needs it, and not only a promotion
   */
  static TargetEtcd of(ModeEtcd settings, boolean needed) throws InterruptedException {
    Findings findings = new Findings();
    try (EtcdConnection etcd = settings.probe()) {
      boolean givenOver = StandbyMode.isGivenOver(etcd, settings);
      pursuitMode(etcd, settings).ifPresent(findings::add);
      return new TargetEtcd(findings.all(), givenOver, running(etcd, settings, findings));
    } catch (CdcException e) {
      Finding.Severity severity = needed ? Finding.Severity.BLOCKING : Finding.Severity.WARNING;
      String what = "The target's mode cannot be switched: " + e.what();
      return new TargetEtcd(
          List.of(new Finding(severity, what, e.cure())), false, Optional.empty());
    }
  }

  private static Optional<RunningMilvus> running(
      EtcdConnection etcd, ModeEtcd settings, Findings findings) throws InterruptedException {
    try {
      Optional<RunningMilvus> running = RunningMilvus.find(etcd, settings.metaPrefix());
      if (running.isEmpty()) {
        findings.add(
            Finding.warning(
                "%s knows no running Milvus below '%s', the target's root path."
                    .formatted(settings.endpoint(), settings.rootPath()),
                "Set rootPath to the target's etcd.rootPath. Otherwise its mode cannot be"
                    + " switched."));
      }
      return running;
    } catch (RetriableException e) {
      // To switch the mode, a user needs to read and write only that one key.
      return Optional.empty();
    }
  }

  /**
   * Checks the pursuit mode of Milvus 2.3 pkg/mq/msgstream/mq_msgstream.go, which reads the setting
   * each time.
   */
  private static Optional<Finding> pursuitMode(EtcdConnection etcd, ModeEtcd settings)
      throws InterruptedException {
    String key = settings.rootPath() + PURSUIT;
    try {
      return etcd.value(key).filter("false"::equalsIgnoreCase).isPresent()
          ? Optional.empty()
          : Optional.of(
              Finding.note(
                  "While it lags by more than 10 s (mq.pursuitLag), the target collects rows"
                      + " before it shows any. When a task has caught up, all rows are visible.",
                  "To see rows at once, write 'false' to %s in %s, unless mq.enablePursuitMode is false in its milvus.yaml."
                      .formatted(key, settings.endpoint())));
    } catch (RetriableException e) {
      return Optional.empty();
    }
  }
}
