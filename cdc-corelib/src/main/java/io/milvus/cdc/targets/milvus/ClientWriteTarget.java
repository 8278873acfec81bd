package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.TargetSession;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Any Milvus that takes writes, filled by client writes. */
final class ClientWriteTarget implements ChangeTarget {
  /**
   * Requests of a session that was cut off end soon: Milvus gives them up when their connection is
   * gone. One that still came after a newer one of the same row would undo it.
   */
  private static final long LAST_REQUESTS_MILLIS = 500;

  private final TargetSettings settings;

  ClientWriteTarget(TargetSettings settings) {
    this.settings = settings;
  }

  @Override
  public Inspection check() throws InterruptedException {
    try (MilvusRpc rpc = MilvusRpc.connect(settings)) {
      return new ClientWritePreflight(rpc, settings).inspect();
    } catch (ConfigException e) {
      return new Inspection(List.of(Finding.of(e)), Set.of(), OptionalLong.empty());
    }
  }

  /** Rows from the beginning double nothing, and rows of others are in nobody's way. */
  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, boolean fromTheBeginning)
      throws InterruptedException {
    try (MilvusRpc rpc = MilvusRpc.connect(settings)) {
      CatalogRules rules = new ClientWriteRules(TargetKind.of(rpc));
      return new Conflicts(new TargetCatalog(rpc), rules::requireFit).among(wanted);
    }
  }

  @Override
  public TargetSession open(Opening opening) throws InterruptedException {
    if (!opening.sessionState().isEmpty()) {
      Thread.sleep(LAST_REQUESTS_MILLIS);
    }
    MilvusRpc rpc = MilvusRpc.connect(settings);
    boolean done = false;
    try {
      TargetSession session =
          new ClientWriteSession(
              settings,
              rpc,
              TargetKind.of(rpc),
              SessionState.parse(opening.sessionState()),
              InstantSource.system(),
              new Patience(InstantSource.system()));
      done = true;
      return session;
    } finally {
      if (!done) {
        rpc.close();
      }
    }
  }

  /** There is nothing to do: it takes writes of others all the time. */
  @Override
  public List<String> promote(long ceiling) {
    return List.of();
  }

  /** There is nothing to do, and what the target has gets other timestamps than the source's. */
  @Override
  public long demote() {
    return 0;
  }
}
