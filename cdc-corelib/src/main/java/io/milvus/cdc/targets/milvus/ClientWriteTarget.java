package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Fills any Milvus that accepts writes by client writes. */
final class ClientWriteTarget implements ChangeTarget {
  /**
   * Requests of a session that was cut off end soon: Milvus abandons them when their connection is
   * gone. If one arrived after a newer request for the same row, it would undo that.
   */
  private static final long LAST_REQUESTS_MILLIS = 500;

  private final TargetSettings settings;

  ClientWriteTarget(TargetSettings settings) {
    this.settings = settings;
  }

  @Override
  public Inspection check() throws InterruptedException {
    try (TargetRpc rpc = TargetRpc.connect(settings)) {
      return new ClientWritePreflight(rpc, settings).inspect();
    } catch (ConfigException e) {
      return new Inspection(List.of(Finding.of(e)), Set.of(), OptionalLong.empty());
    }
  }

  /**
   * Checks nothing further: rows from the beginning double nothing, and rows of other clients do no
   * harm.
   */
  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows)
      throws InterruptedException {
    try (TargetRpc rpc = TargetRpc.connect(settings)) {
      CatalogRules rules = new ClientWriteRules(TargetKind.of(rpc));
      return new Conflicts(new TargetCatalog(rpc), rules::requireFit).among(wanted);
    }
  }

  @Override
  public TargetSession open(Opening opening) throws InterruptedException {
    if (!opening.sessionState().isEmpty()) {
      Thread.sleep(LAST_REQUESTS_MILLIS);
    }
    TargetRpc rpc = TargetRpc.connect(settings);
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

  /** Does nothing: the target always accepts client writes. */
  @Override
  public List<String> promote(long ceiling) {
    return List.of();
  }

  /** Does nothing. The target's timestamps differ from the source's. */
  @Override
  public long demote() {
    return 0;
  }
}
