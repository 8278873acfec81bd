package io.milvus.cdc.internal.order;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes the timestamp up to which all awaited channels have reported everything. Guarded by its
 * merger.
 */
final class Frontier {
  private final Map<String, ChannelBuffer> channels;
  private List<Demand> demands = List.of();

  /**
   * The demand that last held the frontier back. Most ticks come on other channels. So they need
   * not check all demands of thousands of collections.
   */
  private @Nullable Demand laggard;

  Frontier(Map<String, ChannelBuffer> channels) {
    this.channels = channels;
  }

  void follow(List<Demand> needed) {
    demands = List.copyOf(needed);
    laggard = null;
  }

  /** Returns whether there is no channel to wait for. */
  boolean idle() {
    return demands.isEmpty();
  }

  boolean needs(String channel) {
    return demands.stream().anyMatch(demand -> demand.channel().equals(channel));
  }

  long in(TickSnapshot snapshot) {
    return snapshot.frontier(demands);
  }

  /** Returns whether everything is known up to a later timestamp than this. */
  boolean isBeyond(long timestamp, Supplier<TickSnapshot> now) {
    if (laggard != null && known(laggard) <= timestamp) {
      return false;
    }
    laggard = null;
    for (Demand demand : demands) {
      if (known(demand) <= timestamp) {
        laggard = demand;
        return false;
      }
    }
    return in(now.get()) > timestamp;
  }

  /** Returns whether the frontier cannot advance without this channel. */
  boolean waitsFor(String channel) {
    long mine = Long.MAX_VALUE;
    long least = Long.MAX_VALUE;
    for (Demand demand : demands) {
      long known = known(demand);
      least = Math.min(least, known);
      mine = demand.channel().equals(channel) ? Math.min(mine, known) : mine;
    }
    // If no channel is awaited, each channel with rows must reach the tick behind them.
    return least == Long.MAX_VALUE || mine <= least;
  }

  private long known(Demand demand) {
    ChannelBuffer buffer = channels.get(demand.channel());
    if (buffer == null) {
      return demand.knownUpTo();
    }
    return buffer.tick() >= demand.until() || buffer.ended().contains(demand.collectionId())
        ? Long.MAX_VALUE
        : Math.max(demand.knownUpTo(), buffer.tick());
  }
}
