package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.testkit.Sample;
import io.milvus.grpc.ReplicateMessageRequest;
import java.io.IOException;
import java.io.OutputStream;
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

/** From an event to what gRPC is given, with its own timestamp or a later one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RewriteBenchmark {
  @Param({"INSERT_128", "INSERT_768", "DELETE"})
  public Sample sample;

  private PassThrough way;
  private DataEvent event;

  @Setup
  public void make() {
    way = new PassThrough(sample.payload());
    event = way.decode();
  }

  @Benchmark
  public ReplicateMessageRequest readdress() {
    return PassThrough.request(event, Sample.TIME);
  }

  @Benchmark
  public ReplicateMessageRequest restamp() {
    return PassThrough.request(event, Sample.TIME + 1);
  }

  /** All of our code's way, buffers not counted. */
  @Benchmark
  public int decodeReaddressAndSend() throws IOException {
    return PassThrough.send(
        PassThrough.request(way.decode(), Sample.TIME), OutputStream.nullOutputStream());
  }
}
