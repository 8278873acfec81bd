package io.milvus.cdc.target.milvus;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.target.Delivery;
import io.milvus.cdc.target.Refused;
import io.milvus.cdc.target.Round;
import io.milvus.cdc.target.TargetSession;
import io.milvus.cdc.wire.FieldTraits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One task's work on an ordinary Milvus. Whatever is sent can be sent again, so the window that a
 * crash makes doubtful is simply replayed.
 */
final class OrdinarySession implements TargetSession {
  private final MilvusRpc rpc;
  private final TargetKind kind;
  private final Patience patience;
  private final OrdinaryWriter writer;
  private final SchemaChanges schema;
  private final ServingChanges serving;
  private final TargetFlushes flushes;
  private final AccessChanges access;
  private final Bindings bindings = new Bindings();
  private final Map<Long, FieldTraits> traits = new HashMap<>();
  private final Map<Long, Long> knownIds;

  /** What a session does on a connection that is open. */
  OrdinarySession(
      TargetSettings settings,
      MilvusRpc rpc,
      TargetKind kind,
      Memento memento,
      InstantSource time) {
    this.rpc = rpc;
    this.kind = kind;
    this.patience = new Patience(time);
    this.writer = new OrdinaryWriter(rpc, patience, memento.written());
    CatalogRules rules = new OrdinaryRules(kind);
    this.schema = new SchemaChanges(new TargetCatalog(rpc, rules::base), rules, bindings);
    this.serving = new ServingChanges(new TargetServing(rpc, time, rules::base, kind));
    this.flushes = new TargetFlushes(rpc, time, rules::base);
    this.access = new AccessChanges(rpc, settings);
    this.knownIds = memento.targetIds();
  }

  @Override
  public boolean bind(DatabaseEntry database, CollectionEntry collection)
      throws InterruptedException {
    Binding found = schema.find(database.name(), collection, knownIds.get(collection.id()));
    if (found != null) {
      bindings.put(found);
    }
    return found != null;
  }

  @Override
  public Delivery prepare(Round round) {
    Map<Object, Lane> lanes = new LinkedHashMap<>();
    for (DataEvent event : round.events()) {
      Binding binding = bindings.get(event.header().collectionId());
      if (binding == null) {
        throw new TargetException(
            "Rows of collection %d were to be sent before it was created."
                .formatted(event.header().collectionId()));
      }
      lanes.computeIfAbsent(laneOf(event), key -> newLane(binding)).events().add(event);
    }
    return new OrdinaryDelivery(lanes.values());
  }

  /** A key is in one shard for all its life. A Milvus Lite takes one writer a collection. */
  private Object laneOf(DataEvent event) {
    return kind.lite() ? event.header().collectionId() : event.header().shard();
  }

  private Lane newLane(Binding binding) {
    FieldTraits fields =
        traits.computeIfAbsent(binding.source().id(), id -> traitsOf(binding.source()));
    boolean merging = kind.lite() && SourceSchema.of(binding.source()).getEnableDynamicField();
    return new Lane(binding, fields, merging, new ArrayList<>());
  }

  private static FieldTraits traitsOf(CollectionEntry collection) {
    try {
      return FieldTraits.of(collection.schema().encoded());
    } catch (IOException e) {
      throw new CorruptCheckpointException(
          "The schema of collection %s cannot be read: %s"
              .formatted(collection.name(), e.getMessage()),
          e);
    }
  }

  @Override
  public void apply(SchemaEvent event) throws InterruptedException {
    schema.apply(event);
  }

  @Override
  public String serve(CollectionEntry collection, Serving wanted) throws InterruptedException {
    Binding binding = bindings.get(collection.id());
    return binding == null ? "" : serving.apply(binding, wanted);
  }

  @Override
  public CompletableFuture<String> flush(CollectionEntry collection) {
    Binding binding = bindings.get(collection.id());
    if (binding == null) {
      return CompletableFuture.completedFuture("");
    }
    CompletableFuture<String> flush = flushes.begin(binding);
    if (kind.lite()) {
      // It takes nothing else meanwhile; its answer is there when it is done.
      return CompletableFuture.completedFuture(flush.join());
    }
    return flush;
  }

  @Override
  public String admit(AccessEntry wanted, AccessEntry former) throws InterruptedException {
    return access.admit(wanted, former);
  }

  @Override
  public String dismiss(AccessEntry former) throws InterruptedException {
    return access.dismiss(former);
  }

  @Override
  public void advance(long watermark) {
    // Readers see rows when they are acknowledged.
  }

  /** What the target answered last; 1, which waits for nothing, where it never told a time. */
  @Override
  public long guarantee(long watermark) {
    return Math.max(1, writer.highest());
  }

  @Override
  public List<String> hindrances() {
    return patience.hindrances();
  }

  @Override
  public String memento() {
    return new Memento(bindings.ids(), writer.highest()).text();
  }

  @Override
  public void close() {
    rpc.close();
  }

  /** Rows on their way to the target, which gives them timestamps itself. */
  private final class OrdinaryDelivery implements Delivery {
    private final Collection<Lane> lanes;

    OrdinaryDelivery(Collection<Lane> lanes) {
      this.lanes = lanes;
    }

    @Override
    public long highest() {
      return 0;
    }

    @Override
    public List<Refused> send() throws InterruptedException {
      return writer.send(lanes);
    }

    @Override
    public void close() {
      // Nobody was kept from sending.
    }
  }
}
