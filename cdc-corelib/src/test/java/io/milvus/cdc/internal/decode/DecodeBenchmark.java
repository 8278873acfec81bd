package io.milvus.cdc.internal.decode;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.testkit.Sample;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of a message to an event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
  private final MessageDecoder decoder = new MessageDecoder("by-dev-rootcoord-dml_0");

  @Param public Sample sample;
  private Payload payload;

  @Setup
  public void make() {
    payload = sample.payload();
  }

  @Benchmark
  public ChannelEvent decode() {
    return decoder.decode(Sample.POSITION, payload);
  }
}
