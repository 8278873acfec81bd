package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.testkit.Sample;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassThroughTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The first times load classes. */
  private static final int TIMES = 20;

  /** What it takes beside the vectors: the envelope, a thousand timestamps, gRPC's own buffers. */
  private static final long AROUND = 100_000;

  /** One copy is gRPC's, into its buffers; there is none before. */
  @ParameterizedTest
  @CsvSource({"INSERT_128,0", "INSERT_128,1", "INSERT_768,0", "INSERT_768,1"})
  void vectorsAreCopiedOnlyIntoTheBuffersOfGrpc(Sample sample, long later) throws Exception {
    Payload payload = sample.payload();
    PassThrough way = new PassThrough(payload);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      int sent =
          PassThrough.send(
              PassThrough.request(way.decode(), Sample.TIME + later),
              OutputStream.nullOutputStream());
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      assertThat(sent).isGreaterThan(payload.size() * 9 / 10);
    }
    assertThat(payload.size()).isGreaterThan(500_000);
    assertThat(least).isLessThan(AROUND);
  }
}
