package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.InsertMessage;
import io.milvus.grpc.IDs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes every key of a round that may have been sent before a crash, so that sending the round
 * again leaves each row once.
 */
final class ReplayDeletes {
  /** Sorts before every message of the source. */
  private static final long FIRST = 0;

  private static final int KEYS_PER_MESSAGE = 20_000;

  private final Map<Address, IDs.Builder> keys = new HashMap<>();
  private final Map<String, List<Outgoing>> deletes = new HashMap<>();

  /**
   * Adds the keys of an insert.
   *
   * @throws Refusal if the insert cannot be read, in which case the target never accepted it either
   */
  void add(DataEvent event, Address address, long primaryKeyField) throws Refusal {
    if (!(event instanceof Insert)) {
      return;
    }
    try {
      IDs more = InsertMessage.parse(event.payload().bytes()).keys(primaryKeyField);
      IDs.Builder pending = keys.computeIfAbsent(address, a -> IDs.newBuilder());
      pending.mergeFrom(more);
      if (count(pending) >= KEYS_PER_MESSAGE) {
        finish(address, pending.build());
        keys.remove(address);
      }
    } catch (IOException e) {
      throw Refusal.because("accept an insert", "its keys cannot be read: " + e.getMessage());
    }
  }

  private static int count(IDs.Builder ids) {
    return ids.hasStrId() ? ids.getStrId().getDataCount() : ids.getIntId().getDataCount();
  }

  private void finish(Address address, IDs ids) {
    deletes
        .computeIfAbsent(address.channel(), name -> new ArrayList<>())
        .add(new OutgoingKeys(FIRST, address, ids));
  }

  /** Prepends the deletes to the messages of each channel. */
  void prependTo(Map<String, List<Outgoing>> byChannel) {
    keys.forEach((address, ids) -> finish(address, ids.build()));
    keys.clear();
    deletes.forEach(
        (channel, first) -> {
          List<Outgoing> all = new ArrayList<>(first);
          all.addAll(byChannel.getOrDefault(channel, List.of()));
          byChannel.put(channel, all);
        });
  }
}
