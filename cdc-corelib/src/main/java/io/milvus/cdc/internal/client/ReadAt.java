package io.milvus.cdc.internal.client;

import io.milvus.grpc.ConsistencyLevel;

/**
 * How fresh a read has to be.
 *
 * @param guarantee the server waits until it has everything up to this hybrid timestamp
 */
public record ReadAt(ConsistencyLevel level, long guarantee) {
  /**
   * Everything that was written before the read. Only an ordinary instance can tell, not a standby.
   */
  public static ReadAt strong() {
    return new ReadAt(ConsistencyLevel.Strong, 0);
  }

  /** Whatever is there. */
  public static ReadAt eventually() {
    return new ReadAt(ConsistencyLevel.Eventually, 1);
  }

  /** Everything up to a hybrid timestamp, such as a task's read timestamp. */
  public static ReadAt timestamp(long guarantee) {
    return new ReadAt(ConsistencyLevel.Customized, guarantee);
  }
}
