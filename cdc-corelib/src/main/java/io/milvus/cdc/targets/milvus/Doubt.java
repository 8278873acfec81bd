package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.internal.error.EqualRefusals;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides whether unclear answers are final. If a request of a lane was rejected for long enough,
 * the same answer to its parts is final at once. For one thread.
 */
final class Doubt {
  private final EqualRefusals equal;
  private final Set<Integer> lasting = new HashSet<>();

  Doubt(InstantSource time) {
    this.equal = new EqualRefusals(time);
  }

  /** Records an answer. Returns true if the request is rejected for good. */
  boolean ends(MutationAnswer unclear) {
    if (!lasting.contains(unclear.code()) && equal.last(unclear.reason())) {
      lasting.add(unclear.code());
    }
    return lasting.contains(unclear.code());
  }

  /** Records any other answer. */
  void clear() {
    equal.clear();
  }
}
