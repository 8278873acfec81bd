package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.wire.FieldTraits;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Outcome;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
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
 * Writes to a Milvus by client writes, for one task. Every request can be repeated, so the doubtful
 * window of a crash is simply replayed.
 */
final class ClientWriteSession extends MilvusSession {
  private final TargetKind kind;
  private final Patience patience;
  private final ClientWriter writer;
  private final Map<Long, FieldTraits> traits = new HashMap<>();

  /** Creates a session on an open connection. */
  ClientWriteSession(
      TargetSettings settings,
      TargetRpc rpc,
      TargetKind kind,
      SessionState sessionState,
      InstantSource time,
      Patience patience) {
    super(settings, rpc, new ClientWriteRules(kind), kind, sessionState, time);
    this.kind = kind;
    this.patience = patience;
    this.writer = new ClientWriter(rpc, patience, time, sessionState.written());
  }

  @Override
  public Delivery prepare(Round round) throws InterruptedException {
    counterparts().needFor(round.events());
    Map<Object, Lane> lanes = new LinkedHashMap<>();
    for (DataEvent event : round.events()) {
      Binding binding = bindingOf(event);
      lanes.computeIfAbsent(laneOf(event), key -> newLane(binding)).events().add(event);
    }
    return new ClientWriteDelivery(lanes.values());
  }

  /**
   * Returns the lane of an event. A key stays in one shard for all its life. A Milvus Lite accepts
   * one writer per collection.
   */
  private Object laneOf(DataEvent event) {
    return kind.lite() ? event.header().collectionId() : event.header().shard();
  }

  private Lane newLane(Binding binding) {
    FieldTraits fields =
        traits.computeIfAbsent(binding.source().id(), id -> traitsOf(binding.source()));
    boolean merging = kind.lite() && SourceSchema.of(binding.source()).getEnableDynamicField();
    return new Lane(binding, fields, kind.dialect(), merging, new ArrayList<>());
  }

  private static FieldTraits traitsOf(CollectionEntry collection) {
    try {
      return FieldTraits.of(collection.schema().encoded());
    } catch (IOException e) {
      throw new CorruptCheckpointException(
          "The schema of collection %s cannot be read: %s"
              .formatted(collection.name(), e.getMessage()),
          "",
          e);
    }
  }

  /**
   * Flushes a collection. A Milvus Lite accepts no other request meanwhile; its answer arrives when
   * it is done.
   */
  @Override
  public CompletableFuture<Outcome> flush(CollectionEntry collection) {
    CompletableFuture<Outcome> flush = super.flush(collection);
    return kind.lite() ? CompletableFuture.completedFuture(flush.join()) : flush;
  }

  @Override
  public void advance(long watermark) {
    // Readers see rows as soon as they are acknowledged.
  }

  /**
   * Returns the target's last timestamp. If it never sent one, returns 1, which waits for nothing.
   */
  @Override
  public long guarantee(long watermark) {
    return Math.max(1, writer.highestTimestamp());
  }

  @Override
  public List<String> hindrances() {
    return patience.hindrances();
  }

  @Override
  public String sessionState() {
    return counterparts().sessionState(writer.highestTimestamp()).text();
  }

  /** Rows that are sent to the target, which assigns their timestamps. */
  private final class ClientWriteDelivery implements Delivery {
    private final Collection<Lane> lanes;

    ClientWriteDelivery(Collection<Lane> lanes) {
      this.lanes = lanes;
    }

    @Override
    public long highestTimestamp() {
      return 0;
    }

    @Override
    public List<Refused> send() throws InterruptedException {
      return writer.send(lanes);
    }

    @Override
    public void close() {
      // No other session was blocked.
    }
  }
}
