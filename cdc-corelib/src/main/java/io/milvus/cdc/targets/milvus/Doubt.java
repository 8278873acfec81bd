package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.internal.error.EqualRefusals;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether answers that do not say whether they last do. What has lasted for one request of a lane
 * is believed at once about those that it is taken apart into. For one thread.
 */
final class Doubt {
  private final EqualRefusals equal;
  private final Set<Integer> lasting = new HashSet<>();

  Doubt(InstantSource time) {
    this.equal = new EqualRefusals(time);
  }

  /** Takes note of an answer. True if the request is refused for good. */
  boolean ends(MutationAnswer unclear) {
    if (!lasting.contains(unclear.code()) && equal.last(unclear.reason())) {
      lasting.add(unclear.code());
    }
    return lasting.contains(unclear.code());
  }

  /** Something else was answered. */
  void clear() {
    equal.clear();
  }
}
