package io.milvus.cdc.internal.engine;

import io.milvus.cdc.internal.order.TickMerger;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A connected stretch of a task's life. After any fault the next stretch resumes from the
 * checkpoint. So a fault inside the process and a crash are handled alike.
 */
interface Stretch extends AutoCloseable {
  /** Runs until {@code stop} returns true, or until another stretch must follow. */
  void run(BooleanSupplier stop) throws InterruptedException;

  /** Returns the rows above the watermark that may be on the target. */
  DoubtfulWindow doubtful();

  /**
   * Returns the state that the target could not reproduce, in sentences for people. From any
   * thread.
   */
  List<String> limitations();

  /** Returns the channels that are read. From any thread. */
  List<TickMerger.ChannelView> channels();

  @Override
  void close();
}
