package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes to a standby for one task. */
final class StandbySession extends MilvusSession {
  private final StandbyClocks clocks;
  private final StandbyWriter writer;

  /** The highest timestamp that earlier sessions and other processes may have sent. */
  private final long floor;

  private StandbySession(
      TargetSettings settings,
      TargetRpc rpc,
      StandbyClocks clocks,
      StandbyWriter writer,
      SessionState sessionState,
      long floor,
      InstantSource time) {
    super(settings, rpc, new StandbyRules(writer, time), TargetKind.STANDBY, sessionState, time);
    this.clocks = clocks;
    this.writer = writer;
    this.floor = floor;
  }

  /**
   * Connects. If that fails, closes the connection again.
   *
   * @param ceiling the highest timestamp of the same task's earlier sessions
   */
  static StandbySession open(
      TargetSettings settings,
      StandbyClocks clocks,
      SessionState sessionState,
      long ceiling,
      InstantSource time)
      throws InterruptedException {
    TargetRpc rpc = TargetRpc.connect(settings);
    boolean done = false;
    try {
      FirstSight seen = clocks.firstSight(new TargetCatalog(rpc), time);
      long floor = Math.max(ceiling, seen.floor(sessionState.targetIds().values()));
      StandbyWriter writer = new StandbyWriter(rpc, clocks, floor, time);
      StandbySession session =
          new StandbySession(settings, rpc, clocks, writer, sessionState, floor, time);
      done = true;
      return session;
    } finally {
      if (!done) {
        rpc.close();
      }
    }
  }

  @Override
  public Delivery prepare(Round round) throws InterruptedException {
    counterparts().needFor(round.events());
    Map<String, List<Outgoing>> byChannel = new HashMap<>();
    ReplayDeletes deletes = new ReplayDeletes();
    List<Refused> refused = new ArrayList<>();
    for (DataEvent event : round.events()) {
      Binding binding = bindingOf(event);
      try {
        Address address = binding.addressOf(event.header());
        if (round.isReplay()) {
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
    return new StandbyDelivery(clocks.hold(byChannel.keySet()), byChannel, refused);
  }

  @Override
  public void advance(long watermark) throws InterruptedException {
    writer.tick(counterparts().channels(), watermark);
  }

  /** Sends ticks. Otherwise each node would hold all rows of a bulk import in memory. */
  @Override
  public void relieve() throws InterruptedException {
    writer.tick(counterparts().channels(), 0);
  }

  @Override
  public long guarantee(long watermark) {
    long highest = Math.max(watermark, floor);
    for (String channel : counterparts().channels()) {
      highest = Math.max(highest, clocks.of(channel).last());
    }
    return highest;
  }

  @Override
  public String sessionState() {
    return counterparts().sessionState(0).text();
  }

  /** Rows that are sent to the target. */
  private final class StandbyDelivery implements Delivery {
    private final StandbyClocks.Held held;
    private final Map<String, List<Outgoing>> byChannel;
    private final List<Refused> refused;
    private long restamped;

    StandbyDelivery(
        StandbyClocks.Held held, Map<String, List<Outgoing>> byChannel, List<Refused> refused) {
      this.held = held;
      this.byChannel = byChannel;
      this.refused = refused;
    }

    @Override
    public long highestTimestamp() {
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
