package io.milvus.cdc.target.milvus;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.target.Delivery;
import io.milvus.cdc.target.Refused;
import io.milvus.cdc.target.Round;
import io.milvus.cdc.target.TargetSession;
import io.milvus.cdc.wire.Address;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One task's work on a replica. */
final class ReplicaSession implements TargetSession {
  private final MilvusRpc rpc;
  private final ReplicaClocks clocks;
  private final ReplicaWriter writer;
  private final SchemaChanges schema;
  private final ServingChanges serving;
  private final TargetFlushes flushes;
  private final AccessChanges access;
  private final Bindings bindings = new Bindings();

  /** What earlier sessions and other processes may have sent reaches up to here. */
  private final long floor;

  private final Map<Long, Long> knownIds;

  private ReplicaSession(
      TargetSettings settings,
      MilvusRpc rpc,
      ReplicaClocks clocks,
      Memento memento,
      long floor,
      InstantSource time) {
    this.rpc = rpc;
    this.clocks = clocks;
    this.writer = new ReplicaWriter(rpc, clocks, floor, time);
    CatalogRules rules = new ReplicaRules(writer, time);
    this.schema = new SchemaChanges(new TargetCatalog(rpc, rules::base), rules, bindings);
    this.serving =
        new ServingChanges(new TargetServing(rpc, time, rules::base, TargetKind.REPLICA));
    this.flushes = new TargetFlushes(rpc, time, rules::base);
    this.access = new AccessChanges(rpc, settings);
    this.floor = floor;
    this.knownIds = memento.targetIds();
  }

  /**
   * Connects, and closes the connection again where that fails.
   *
   * @param ceiling of what the same task's earlier sessions sent
   */
  static ReplicaSession open(
      TargetSettings settings,
      ReplicaClocks clocks,
      Memento memento,
      long ceiling,
      InstantSource time)
      throws InterruptedException {
    MilvusRpc rpc = MilvusRpc.connect(settings);
    boolean done = false;
    try {
      FirstSight seen = clocks.firstSight(new TargetCatalog(rpc), time);
      long floor = Math.max(ceiling, seen.floor(memento.targetIds().values()));
      ReplicaSession session = new ReplicaSession(settings, rpc, clocks, memento, floor, time);
      done = true;
      return session;
    } finally {
      if (!done) {
        rpc.close();
      }
    }
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
  public Delivery prepare(Round round) throws InterruptedException {
    Map<String, List<Outgoing>> byChannel = new HashMap<>();
    ReplayDeletes deletes = new ReplayDeletes();
    List<Refused> refused = new ArrayList<>();
    for (DataEvent event : round.events()) {
      Binding binding = bindings.get(event.header().collectionId());
      if (binding == null) {
        throw new TargetException(
            "Rows of collection %d were to be sent before it was created."
                .formatted(event.header().collectionId()));
      }
      try {
        Address address = binding.addressOf(event.header());
        if (round.replay()) {
          deletes.add(event, address, binding.source().schema().primaryKeyField());
        }
        byChannel
            .computeIfAbsent(address.channel(), name -> new ArrayList<>())
            .add(new OutgoingRows(event, address));
      } catch (Refusal e) {
        refused.add(new Refused(event, e.reason()));
      }
    }
    deletes.prependTo(byChannel);
    return new ReplicaDelivery(clocks.hold(byChannel.keySet()), byChannel, refused);
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
    return binding == null ? CompletableFuture.completedFuture("") : flushes.begin(binding);
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
  public void advance(long watermark) throws InterruptedException {
    writer.tick(bindings.channels(), watermark);
  }

  @Override
  public long guarantee(long watermark) {
    long highest = Math.max(watermark, floor);
    for (String channel : bindings.channels()) {
      highest = Math.max(highest, clocks.of(channel).last());
    }
    return highest;
  }

  @Override
  public String memento() {
    return new Memento(bindings.ids(), 0).text();
  }

  @Override
  public void close() {
    rpc.close();
  }

  /** Rows on their way to the target. */
  private final class ReplicaDelivery implements Delivery {
    private final ReplicaClocks.Held held;
    private final Map<String, List<Outgoing>> byChannel;
    private final List<Refused> refused;
    private long restamped;

    ReplicaDelivery(
        ReplicaClocks.Held held, Map<String, List<Outgoing>> byChannel, List<Refused> refused) {
      this.held = held;
      this.byChannel = byChannel;
      this.refused = refused;
    }

    @Override
    public long highest() {
      long highest = 0;
      for (Map.Entry<String, List<Outgoing>> entry : byChannel.entrySet()) {
        List<Outgoing> messages = entry.getValue();
        long last = Math.max(floor, held.clock(entry.getKey()).last());
        // At worst every message is stamped one above the one before.
        long newest = Math.max(messages.get(messages.size() - 1).timestamp(), last);
        highest = Math.max(highest, newest + messages.size());
      }
      return highest;
    }

    @Override
    public List<Refused> send() throws InterruptedException {
      long before = writer.restamped();
      refused.addAll(writer.send(byChannel));
      restamped = writer.restamped() - before;
      return refused;
    }

    @Override
    public long restamped() {
      return restamped;
    }

    @Override
    public void close() {
      held.close();
    }
  }
}
