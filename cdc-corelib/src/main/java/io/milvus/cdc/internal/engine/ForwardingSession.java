package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Outcome;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Forwards every call to another session. Subclasses override single calls. */
abstract class ForwardingSession implements TargetSession {
  final TargetSession target;

  ForwardingSession(TargetSession target) {
    this.target = target;
  }

  @Override
  public boolean bind(DatabaseEntry database, CollectionEntry collection)
      throws InterruptedException {
    return target.bind(database, collection);
  }

  @Override
  public Set<Long> bindAll(List<Placed> collections) throws InterruptedException {
    return target.bindAll(collections);
  }

  @Override
  public Delivery prepare(Round round) throws InterruptedException {
    return target.prepare(round);
  }

  @Override
  public void apply(SchemaEvent event) throws InterruptedException {
    target.apply(event);
  }

  @Override
  public boolean createsAhead() {
    return target.createsAhead();
  }

  @Override
  public List<SchemaEvent.Creation> createAhead(List<SchemaEvent.Creation> creations)
      throws InterruptedException {
    return target.createAhead(creations);
  }

  @Override
  public Outcome applyIndexes(CollectionEntry collection, Serving wanted)
      throws InterruptedException {
    return target.applyIndexes(collection, wanted);
  }

  @Override
  public CompletableFuture<Outcome> flush(CollectionEntry collection) {
    return target.flush(collection);
  }

  @Override
  public Outcome applyAccess(AccessEntry wanted, AccessEntry former) throws InterruptedException {
    return target.applyAccess(wanted, former);
  }

  @Override
  public Outcome dropAccess(AccessEntry former) throws InterruptedException {
    return target.dropAccess(former);
  }

  @Override
  public void advance(long watermark) throws InterruptedException {
    target.advance(watermark);
  }

  @Override
  public void relieve() throws InterruptedException {
    target.relieve();
  }

  @Override
  public long guarantee(long watermark) {
    return target.guarantee(watermark);
  }

  @Override
  public List<String> hindrances() {
    return target.hindrances();
  }

  @Override
  public String sessionState() {
    return target.sessionState();
  }

  @Override
  public void close() {
    target.close();
  }
}
