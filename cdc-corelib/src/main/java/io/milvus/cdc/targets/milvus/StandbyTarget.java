package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import io.milvus.grpc.DescribeCollectionResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Writes to a Milvus in standby mode, which accepts the source's messages unchanged. */
final class StandbyTarget implements ChangeTarget {
  private final TargetSettings settings;

  /**
   * Shared by all tasks that use this target: a channel has one clock, whichever task advances it.
   */
  private final StandbyClocks clocks = new StandbyClocks();

  StandbyTarget(TargetSettings settings) {
    this.settings = settings;
  }

  @Override
  public Inspection check() throws InterruptedException {
    try (TargetRpc rpc = TargetRpc.connect(settings)) {
      return new TargetPreflight(rpc, settings).inspect();
    } catch (ConfigException e) {
      return new Inspection(List.of(Finding.of(e)), Set.of(), OptionalLong.empty());
    }
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows)
      throws InterruptedException {
    try (TargetRpc rpc = TargetRpc.connect(settings)) {
      Findings findings = new Findings();
      findings.attempt(new StandbyMode(rpc, settings)::refuseGivenOver);
      Conflicts conflicts =
          new Conflicts(
              new TargetCatalog(rpc),
              (database, collection, there) -> compare(database, collection, there, rows));
      findings.addAll(conflicts.among(wanted));
      return findings.all();
    }
  }

  private static void compare(
      String database,
      CollectionEntry collection,
      DescribeCollectionResponse there,
      RowsOnTarget rows) {
    SchemaComparison.requireEqual(database, SourceSchema.of(collection), there.getSchema());
    SchemaComparison.requireShards(database, collection, there);
    if (rows == RowsOnTarget.NONE && there.getCreatedTimestamp() == collection.createdAt()) {
      throw new TargetException(
          ("Collection %s.%s is already on the target, created by another task from the"
                  + " same source collection.")
              .formatted(database, collection.name()),
          "Drop it on the target, or start from the positions of that task, or from the"
              + " latest message. From the beginning its rows would double.");
    }
  }

  @Override
  public TargetSession open(Opening opening) throws InterruptedException {
    if (settings.allowStandbySwitch()) {
      try (TargetRpc rpc = TargetRpc.connect(settings)) {
        new StandbyMode(rpc, settings).beginUnlessGivenOver();
      }
    }
    return StandbySession.open(
        settings,
        clocks,
        SessionState.parse(opening.sessionState()),
        opening.ceiling(),
        InstantSource.system());
  }

  @Override
  public List<String> promote(long ceiling) throws InterruptedException {
    try (TargetRpc rpc = TargetRpc.connect(settings)) {
      return new StandbyMode(rpc, settings).end(ceiling);
    }
  }

  @Override
  public long demote() throws InterruptedException {
    try (TargetRpc rpc = TargetRpc.connect(settings)) {
      StandbyMode mode = new StandbyMode(rpc, settings);
      mode.begin();
      return mode.now();
    }
  }
}
