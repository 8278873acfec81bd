package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Outcome;
import io.milvus.cdc.targets.TargetSession;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Writes to a Milvus for one task, except for its rows, which subclasses send. */
abstract class MilvusSession implements TargetSession {
  private final TargetRpc rpc;
  private final SchemaChanges schema;
  private final CreationsAhead ahead;
  private final ServingChanges serving;
  private final TargetFlushes flushes;
  private final AccessChanges access;
  private final Counterparts counterparts;

  /** Creates a session on an open connection, which it closes in the end. */
  MilvusSession(
      TargetSettings settings,
      TargetRpc rpc,
      CatalogRules rules,
      TargetKind kind,
      SessionState sessionState,
      InstantSource time) {
    this.rpc = rpc;
    TargetCatalog catalog = new TargetCatalog(rpc, rules::base);
    this.counterparts = new Counterparts(catalog, rules, sessionState);
    this.schema = new SchemaChanges(catalog, rules, counterparts);
    this.ahead = new CreationsAhead(rpc, catalog, rules, counterparts);
    this.serving = new ServingChanges(new TargetServing(rpc, time, rules::base, kind));
    this.flushes = new TargetFlushes(rpc, time, rules::base);
    this.access = new AccessChanges(rpc, settings);
  }

  final Counterparts counterparts() {
    return counterparts;
  }

  /** Returns the counterpart that receives the rows of an event. */
  final Binding bindingOf(DataEvent event) throws InterruptedException {
    Binding binding = counterparts.get(event.header().collectionId());
    if (binding == null) {
      throw new TargetException(
          "Rows of collection %d arrived before it was created."
              .formatted(event.header().collectionId()),
          "");
    }
    return binding;
  }

  @Override
  public final boolean bind(DatabaseEntry database, CollectionEntry collection)
      throws InterruptedException {
    return !bindAll(List.of(new Placed(database, collection))).isEmpty();
  }

  @Override
  public final Set<Long> bindAll(List<Placed> collections) throws InterruptedException {
    return counterparts.find(collections);
  }

  @Override
  public final void apply(SchemaEvent event) throws InterruptedException {
    schema.apply(event);
  }

  @Override
  public final boolean createsAhead() {
    return true;
  }

  @Override
  public final List<SchemaEvent.Creation> createAhead(List<SchemaEvent.Creation> creations)
      throws InterruptedException {
    return ahead.create(creations);
  }

  @Override
  public final Outcome applyIndexes(CollectionEntry collection, Serving wanted)
      throws InterruptedException {
    Binding binding = counterparts.get(collection.id());
    if (binding == null) {
      return Outcome.done();
    }
    boolean done = counterparts.isBare(collection.id()) && isNew(collection, wanted);
    return done ? Outcome.done() : outcome(serving.apply(binding, wanted));
  }

  private static Outcome outcome(String limitation) {
    return limitation.isEmpty() ? Outcome.done() : Outcome.incomplete(limitation);
  }

  /** Returns whether a collection looks like this right after its creation. */
  private static boolean isNew(CollectionEntry collection, Serving wanted) {
    return wanted.indexes().isEmpty()
        && wanted.load().isNone()
        && collection.properties().entrySet().containsAll(wanted.properties().entrySet());
  }

  @Override
  public CompletableFuture<Outcome> flush(CollectionEntry collection) {
    TargetCatalog.Name name = counterparts.name(collection.id());
    return name == null
        ? CompletableFuture.completedFuture(Outcome.done())
        : flushes.begin(name).thenApply(MilvusSession::outcome);
  }

  @Override
  public final Outcome applyAccess(AccessEntry wanted, AccessEntry former)
      throws InterruptedException {
    return outcome(access.admit(wanted, former));
  }

  @Override
  public final Outcome dropAccess(AccessEntry former) throws InterruptedException {
    return outcome(access.dismiss(former));
  }

  @Override
  public final void close() {
    rpc.close();
  }
}
