package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Outcome;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends nothing while another process may own the task. A process that was suspended for longer
 * than its claim lasts must not continue. The next save of the checkpoint shows whether another
 * process has taken over. Until then the failure is retriable.
 */
final class OwnedSession extends ForwardingSession {
  private final CheckpointClaim claim;

  OwnedSession(TargetSession target, CheckpointClaim claim) {
    super(target);
    this.claim = claim;
  }

  @Override
  public Delivery prepare(Round round) throws InterruptedException {
    requireOwned(claim);
    return new OwnedDelivery(super.prepare(round), claim);
  }

  @Override
  public void apply(SchemaEvent event) throws InterruptedException {
    requireOwned(claim);
    super.apply(event);
  }

  @Override
  public List<SchemaEvent.Creation> createAhead(List<SchemaEvent.Creation> creations)
      throws InterruptedException {
    requireOwned(claim);
    return super.createAhead(creations);
  }

  @Override
  public Outcome applyIndexes(CollectionEntry collection, Serving wanted)
      throws InterruptedException {
    requireOwned(claim);
    return super.applyIndexes(collection, wanted);
  }

  @Override
  public CompletableFuture<Outcome> flush(CollectionEntry collection) {
    requireOwned(claim);
    return super.flush(collection);
  }

  @Override
  public Outcome applyAccess(AccessEntry wanted, AccessEntry former) throws InterruptedException {
    requireOwned(claim);
    return super.applyAccess(wanted, former);
  }

  @Override
  public Outcome dropAccess(AccessEntry former) throws InterruptedException {
    requireOwned(claim);
    return super.dropAccess(former);
  }

  @Override
  public void advance(long watermark) throws InterruptedException {
    requireOwned(claim);
    super.advance(watermark);
  }

  @Override
  public void relieve() throws InterruptedException {
    requireOwned(claim);
    super.relieve();
  }

  private static void requireOwned(CheckpointClaim claim) {
    try {
      claim.requireOwned();
    } catch (StaleOwnerException e) {
      throw new RetriableException("Nothing is sent now: " + e.what(), e.cure(), e);
    }
  }

  private record OwnedDelivery(Delivery delivery, CheckpointClaim claim) implements Delivery {
    @Override
    public long highestTimestamp() {
      return delivery.highestTimestamp();
    }

    @Override
    public long restamped() {
      return delivery.restamped();
    }

    @Override
    public List<Refused> send() throws InterruptedException {
      requireOwned(claim);
      return delivery.send();
    }

    @Override
    public void close() {
      delivery.close();
    }
  }
}
