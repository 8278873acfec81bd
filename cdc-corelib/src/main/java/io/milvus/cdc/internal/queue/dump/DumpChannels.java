package io.milvus.cdc.internal.queue.dump;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.internal.wal.WalPosition;

/** Opens readers of one source's channels over one connection. Thread-safe. */
public final class DumpChannels implements AutoCloseable {
  private final MilvusRpc rpc;
  private final DumpClock clock;

  private DumpChannels(MilvusRpc rpc) {
    this.rpc = rpc;
    this.clock = new DumpClock(rpc);
  }

  /** Creates a connection. Contacts nothing yet. */
  public static DumpChannels connect(MilvusEndpoint source) {
    return new DumpChannels(MilvusRpc.connect(source));
  }

  /** Returns the place before all messages that a source still holds. */
  public static WalPosition beginning() {
    return HeldCheck.FIRST;
  }

  /**
   * Opens a channel. Blocks until the source has shown that it holds the place.
   *
   * @param place the place to begin. If it is a message of a transaction, the reader begins with
   *     the transaction
   * @throws io.milvus.cdc.error.PositionExpiredException if the source has deleted the place
   * @throws io.milvus.cdc.error.RetriableException if the source does not answer, as it does for an
   *     unknown channel
   */
  public QueueReader open(String channel, WalPosition place) throws InterruptedException {
    DumpReader reader = new DumpReader(rpc, channel, clock, place);
    boolean begun = false;
    try {
      reader.begin();
      begun = true;
      return reader;
    } finally {
      if (!begun) {
        reader.close();
      }
    }
  }

  /**
   * Returns a timestamp that the source issued a moment ago.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source does not answer
   */
  public long now() {
    return clock.now();
  }

  @Override
  public void close() {
    rpc.close();
  }
}
