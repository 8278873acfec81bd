package io.milvus.cdc.internal.client;

import io.milvus.grpc.ConsistencyLevel;

/**
 * Selects how fresh a read must be.
 *
 * @param guarantee the server waits until it has everything up to this hybrid timestamp
 */
public record ReadAt(ConsistencyLevel level, long guarantee) {
  /**
   * Returns a read of everything that was written before it. Only an ordinary instance supports
   * this, not a standby.
   */
  public static ReadAt strong() {
    return new ReadAt(ConsistencyLevel.Strong, 0);
  }

  /** Returns a read of the data that is there, without waiting. */
  public static ReadAt eventually() {
    return new ReadAt(ConsistencyLevel.Eventually, 1);
  }

  /** Returns a read of everything up to a hybrid timestamp, such as a task's read timestamp. */
  public static ReadAt timestamp(long guarantee) {
    return new ReadAt(ConsistencyLevel.Customized, guarantee);
  }
}
