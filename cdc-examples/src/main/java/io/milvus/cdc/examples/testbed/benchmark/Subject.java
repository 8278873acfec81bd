package io.milvus.cdc.examples.testbed.benchmark;

import io.grpc.InternalChannelz;
import io.milvus.cdc.examples.testbed.mirror.MirrorProgram;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/**
 * Runs the process to measure: a {@link MirrorProgram}, which also prints a line about its process
 * periodically.
 */
final class Subject {
  private static final long REPORT_MILLIS = Long.getLong("mirror.report", 200);
  private static final int MOST_CHANNELS = 100;

  private Subject() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread meter = new Thread(Subject::report, "meter");
    meter.setDaemon(true);
    meter.start();
    MirrorProgram.main(arguments);
  }

  private static void report() {
    String target = System.getProperty("mirror.target", "").replaceFirst("^.*://", "");
    try {
      while (true) {
        System.out.printf(
            "heap=%d live=%d calls=%d%n",
            Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
            liveBytes(),
            callsTo(target));
        Thread.sleep(REPORT_MILLIS);
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("The meter is broken", e);
    }
  }

  /** Returns the bytes that the last garbage collections left. */
  private static long liveBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  /** Returns the number of calls to the target. Only gRPC's own debugging counts them. */
  private static long callsTo(String target) throws InterruptedException, ExecutionException {
    long calls = 0;
    for (var channel : InternalChannelz.instance().getRootChannels(0, MOST_CHANNELS).channels) {
      InternalChannelz.ChannelStats stats = channel.getStats().get();
      calls += stats.target.endsWith(target) ? stats.callsStarted : 0;
    }
    return calls;
  }
}
