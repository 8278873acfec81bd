package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.milvus.MilvusVersion;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Finds problems that would prevent client writes to a target, each with its cure. */
final class ClientWritePreflight {
  private final TargetRpc rpc;
  private final TargetSettings settings;
  private final Findings findings = new Findings();
  private final Set<String> identities = new HashSet<>();

  ClientWritePreflight(TargetRpc rpc, TargetSettings settings) {
    this.rpc = rpc;
    this.settings = settings;
  }

  Inspection inspect() throws InterruptedException {
    identities.add(settings.identity());
    if (findings.attempt(this::inspectKind)) {
      findings.attempt(this::inspectMode);
      findings.attempt(this::inspectCollections);
      if (settings.endpoint().credentials() != null) {
        new Privileges(rpc).missing().ifPresent(findings::add);
      }
      findings.add(
          Finding.note(
              "The target at %s receives rows by client writes, with its own timestamps."
                  .formatted(settings.uri()),
              "Use a standby to replicate the source's timestamps. With client writes, a TTL"
                  + " starts again. Of several rows with one key in a partition, only the last"
                  + " remains. A reader may see the rows of one request before rows of another"
                  + " request with the same timestamp."));
    }
    return new Inspection(findings.all(), identities, OptionalLong.empty());
  }

  private void inspectKind() throws InterruptedException {
    TargetKind kind;
    try {
      kind = TargetKind.of(rpc);
    } catch (UnknownOutcomeException e) {
      throw settings.unreachable(e).as(ConfigException::new, e);
    }
    if (kind.lite()) {
      findings.add(
          Finding.note(
              "The target is a Milvus Lite (%s).".formatted(kind.version()),
              "It has no shards, users, binary or half-precision vectors, and no consistency"
                  + " levels. A key is in one partition only. Partitions are not loaded one by one,"
                  + " and a collection stays in its database."));
    } else {
      MilvusVersion.judgeWritable("The target", kind.version()).ifPresent(findings::add);
    }
  }

  private void inspectMode() throws InterruptedException {
    boolean standby;
    try {
      standby = new StandbyMode(rpc, settings).isStandby();
    } catch (CdcException e) {
      // It does not know replicas, or the user may not list them.
      return;
    }
    if (standby) {
      findings.add(
          Finding.blocking(
              "The target at %s is a standby and accepts no client writes."
                  .formatted(settings.uri()),
              "Leave clientWrites out, or set common.ttMsgEnabled: true in its milvus.yaml,"
                  + " or write 'true' to <its etcd.rootPath>/config/common/ttMsgEnabled in its"
                  + " etcd."));
    }
  }

  /** Collects the ids that would identify the target if it were the source itself. */
  private void inspectCollections() throws InterruptedException {
    new TargetCatalog(rpc).collectionIds().forEach(id -> identities.add("collection " + id));
  }
}
