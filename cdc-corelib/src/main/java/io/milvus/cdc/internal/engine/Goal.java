package io.milvus.cdc.internal.engine;

import java.util.function.BooleanSupplier;

/**
 * Ends a replication at the cut of an order to copy collections, so that the target has the state
 * of that cut.
 *
 * @param cut nothing above this source timestamp is applied
 * @param moot returns whether none of the collections is left on the target
 */
record Goal(long cut, BooleanSupplier moot) {
  /** Never ends a replication. */
  static final Goal NONE = new Goal(Long.MAX_VALUE, () -> false);

  /** Returns whether there is an end. */
  boolean exists() {
    return cut != Long.MAX_VALUE;
  }

  boolean isReached(long watermark) {
    return watermark >= cut || moot.getAsBoolean();
  }
}
