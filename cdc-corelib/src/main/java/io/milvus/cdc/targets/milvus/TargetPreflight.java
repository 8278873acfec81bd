package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusVersion;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.Status;
import java.net.URI;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Finds problems that would prevent changes to a target, each with its cure. */
final class TargetPreflight {
  private final TargetRpc rpc;
  private final TargetSettings settings;
  private final URI uri;
  private final StandbyMode mode;
  private final Findings findings = new Findings();
  private final Set<String> identities = new HashSet<>();
  private OptionalLong leadMillis = OptionalLong.empty();

  /** The version of its session in its etcd, or an empty text. */
  private String session = "";

  /** Whether it accepts no writes but those of tasks. */
  private boolean standby;

  TargetPreflight(TargetRpc rpc, TargetSettings settings) {
    this.rpc = rpc;
    this.settings = settings;
    this.uri = settings.uri();
    this.mode = new StandbyMode(rpc, settings);
  }

  Inspection inspect() throws InterruptedException {
    identities.add(settings.identity());
    ModeEtcd etcd = settings.etcd();
    boolean givenOver = etcd != null && inspectEtcd(etcd);
    if (findings.attempt(() -> inspectMode(givenOver))) {
      findings.attempt(this::inspectVersion);
      findings.attempt(this::inspectClock);
      findings.attempt(this::inspectCollections);
      if (settings.endpoint().credentials() != null) {
        new Privileges(rpc).missing().ifPresent(findings::add);
      }
    }
    return new Inspection(findings.all(), identities, leadMillis);
  }

  /** Returns whether it was made writable on purpose. */
  private boolean inspectEtcd(ModeEtcd etcd) throws InterruptedException {
    TargetEtcd told = TargetEtcd.of(etcd, settings.allowStandbySwitch());
    findings.addAll(told.findings());
    told.running()
        .ifPresent(
            running -> {
              running.identity().ifPresent(identities::add);
              session = running.version();
            });
    return told.givenOver();
  }

  /** Checks that it answers, and whether it is a standby. */
  private void inspectMode(boolean givenOver) throws InterruptedException {
    Status status;
    try {
      status = mode.probe();
    } catch (UnknownCallException e) {
      throw new ConfigException(
          "The target at %s has no standby mode, which Milvus 2.3 to 2.5 have.".formatted(uri),
          "Set clientWrites to fill it by client writes, or check the address.",
          e);
    } catch (UnknownOutcomeException e) {
      throw settings.unreachable(e).as(ConfigException::new, e);
    }
    standby = Answers.isStandby(status);
    if (standby || givenOver) {
      return;
    }
    String detail = uri + " answers " + Answers.describe(status);
    findings.add(
        settings.allowStandbySwitch()
            ? Finding.warning(
                "The target is no standby (" + detail + ").",
                "A task switches it to standby when it begins. From then on it accepts no"
                    + " client writes.")
            : Answers.notAStandby(detail).as(Finding::blocking));
  }

  /** Checks the version. A Milvus that was built without tags reports none itself. */
  private void inspectVersion() throws InterruptedException {
    String version =
        rpc.call(Methods.GET_VERSION, GetVersionRequest.getDefaultInstance()).getVersion();
    MilvusVersion.judgeStandby("The target", version.isEmpty() ? session : version)
        .ifPresent(findings::add);
  }

  private void inspectClock() throws InterruptedException {
    long before = System.currentTimeMillis();
    long told = Timestamps.millis(mode.now());
    leadMillis = OptionalLong.of(told - (before + System.currentTimeMillis()) / 2);
  }

  /**
   * Collects the ids of its collections. If a standby was copied from the source, it has the same
   * ones, and still is another Milvus.
   */
  private void inspectCollections() throws InterruptedException {
    Set<Long> ids = new TargetCatalog(rpc).collectionIds();
    if (!standby) {
      ids.forEach(id -> identities.add("collection " + id));
    }
  }
}
