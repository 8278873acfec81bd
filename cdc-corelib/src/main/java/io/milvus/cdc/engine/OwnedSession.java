package io.milvus.cdc.engine;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.checkpoint.CheckpointClaim;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.target.Delivery;
import io.milvus.cdc.target.Refused;
import io.milvus.cdc.target.Round;
import io.milvus.cdc.target.TargetSession;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A session that sends nothing once somebody else may own the task: a process that was stopped for
 * longer than its claim lasts must not go on where it was.
 */
record OwnedSession(TargetSession target, CheckpointClaim claim) implements TargetSession {
  @Override
  public boolean bind(DatabaseEntry database, CollectionEntry collection)
      throws InterruptedException {
    return target.bind(database, collection);
  }

  @Override
  public Delivery prepare(Round round) throws InterruptedException {
    claim.requireOwned();
    return new OwnedDelivery(target.prepare(round), claim);
  }

  @Override
  public void apply(SchemaEvent event) throws InterruptedException {
    claim.requireOwned();
    target.apply(event);
  }

  @Override
  public String serve(CollectionEntry collection, Serving wanted) throws InterruptedException {
    claim.requireOwned();
    return target.serve(collection, wanted);
  }

  @Override
  public CompletableFuture<String> flush(CollectionEntry collection) {
    claim.requireOwned();
    return target.flush(collection);
  }

  @Override
  public String admit(AccessEntry wanted, AccessEntry former) throws InterruptedException {
    claim.requireOwned();
    return target.admit(wanted, former);
  }

  @Override
  public String dismiss(AccessEntry former) throws InterruptedException {
    claim.requireOwned();
    return target.dismiss(former);
  }

  @Override
  public void advance(long watermark) throws InterruptedException {
    claim.requireOwned();
    target.advance(watermark);
  }

  @Override
  public long guarantee(long watermark) {
    return target.guarantee(watermark);
  }

  @Override
  public String memento() {
    return target.memento();
  }

  @Override
  public void close() {
    target.close();
  }

  private record OwnedDelivery(Delivery delivery, CheckpointClaim claim) implements Delivery {
    @Override
    public long highest() {
      return delivery.highest();
    }

    @Override
    public List<Refused> send() throws InterruptedException {
      claim.requireOwned();
      return delivery.send();
    }

    @Override
    public void close() {
      delivery.close();
    }
  }
}
