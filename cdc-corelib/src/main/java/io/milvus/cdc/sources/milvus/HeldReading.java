package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.sources.ExistingRows.Amount;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Reading;
import org.jspecify.annotations.Nullable;

/** Reads rows while the source's garbage collection is held off. Closing it ends the hold. */
record HeldReading(Reading reading, GarbageLease lease) implements Reading {
  @Override
  public Amount left() {
    return reading.left();
  }

  @Override
  public @Nullable Batch next() throws InterruptedException {
    lease.renew();
    return reading.next();
  }

  @Override
  public void close() {
    try {
      reading.close();
    } finally {
      lease.release();
    }
  }
}
