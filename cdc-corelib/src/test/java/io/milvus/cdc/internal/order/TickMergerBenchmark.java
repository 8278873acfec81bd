package io.milvus.cdc.internal.order;

import io.milvus.cdc.event.Insert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a message costs between its reader and the task, where there is always room. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TickMergerBenchmark {
  /** Between two ticks, on all channels together. */
  private static final int MESSAGES = 160;

  private static final byte[] BODY = new byte[1000];

  @Param({"2", "16"})
  public int channels;

  @Param({"16", "1000"})
  public int collections;

  private final List<String> names = new ArrayList<>();
  private TickMerger merger;
  private long now = 1;

  @Setup
  public void open() {
    for (int i = 0; i < channels; i++) {
      names.add("dml_" + i);
    }
    merger =
        new TickMerger(
            names,
            0,
            64 << 20,
            Path.of(System.getProperty("java.io.tmpdir")),
            (channel, unknown) -> {});
    List<Demand> demands = new ArrayList<>();
    for (int id = 1; id <= collections; id++) {
      demands.add(new Demand(names.get(id % channels), id, 0, Long.MAX_VALUE));
      demands.add(new Demand(names.get((id + 1) % channels), id, 0, Long.MAX_VALUE));
    }
    merger.follow(rows -> false, demands);
  }

  @TearDown
  public void close() {
    merger.close();
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public Taken rows() {
    for (int i = 0; i < MESSAGES; i++) {
      String channel = names.get(i % channels);
      now++;
      Insert rows = Rows.insert(channel, now, now, 1, BODY);
      merger.offerNow(channel, rows);
    }
    return tickAndTake();
  }

  /** One tick of one channel. */
  @Benchmark
  public boolean tick() {
    now++;
    return merger.offerNow(names.get(0), Rows.tick(now, now));
  }

  /** Ticks of all channels, of which none carries rows, and what the task makes of them. */
  @Benchmark
  public Taken idle() throws InterruptedException {
    now++;
    for (String name : names) {
      merger.offerNow(name, Rows.tick(now, now));
    }
    merger.await(Duration.ZERO, Duration.ZERO);
    return take();
  }

  private Taken tickAndTake() {
    now++;
    names.forEach(name -> merger.offerNow(name, Rows.tick(now, now)));
    return take();
  }

  private Taken take() {
    Taken taken = merger.take(merger.frontier(merger.snapshot()), 8 << 20);
    merger.release(taken);
    return taken;
  }
}
