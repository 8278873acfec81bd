package io.milvus.cdc.internal.engine;

import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.testkit.FailingStore;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.History;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One task's life over many processes, some of which are killed. */
final class SimulatedLife {
  private final TaskSpec spec;
  private final History history;
  private final FakeSource source;
  private final Supplier<ChangeTarget> targets;
  private final SplittableRandom random;
  private final double fault;
  private final Path directory;
  private final CheckpointStore store;
  private int visible;
  private int syncsSinceEnd;
  private long lastTick;
  private volatile long watermark;

  /** Whether existing rows may have to be waited for, while nothing is read. */
  private boolean copying;

  /** Whether messages that nobody knows are among the others. */
  private boolean strange;

  SimulatedLife(
      TaskSpec spec,
      History history,
      FakeSource source,
      Supplier<ChangeTarget> targets,
      SplittableRandom random,
      double fault,
      Path directory) {
    this.spec = spec;
    this.history = history;
    this.source = source;
    this.targets = targets;
    this.random = random;
    this.fault = fault;
    this.directory = directory;
    this.store =
        CheckpointStore.in(
            new FailingStore(new InMemoryStore(), () -> random.nextDouble() < fault));
  }

  /** Lets messages that nobody knows be among the others. */
  void strange() {
    strange = true;
  }

  /** Lets the source live for a while before the task begins. */
  void begunBefore(int steps) {
    copying = true;
    show(steps);
    source.existingTrouble(
        () -> {
          if (random.nextDouble() < fault) {
            throw new RetriableException("the storage is away", "");
          }
        });
  }

  void run() throws Exception {
    source.beforeSync(this::advance);
    source.duringSync(this::overtake);
    while (!done()) {
      ChangeTarget target = targets.get();
      try (CheckpointClaim claim = store.claim("t")) {
        // A few connections in one process, which share the target's clocks.
        do {
          connectOnce(target, claim);
        } while (!done() && random.nextInt(3) > 0);
      }
    }
  }

  private void connectOnce(ChangeTarget target, CheckpointClaim claim) throws Exception {
    ThreadFactory threads =
        work -> {
          Thread thread = new Thread(work);
          thread.setDaemon(true);
          return thread;
        };
    EngineSettings settings =
        new EngineSettings(
            source,
            Map.of("default", target),
            store,
            List.of(),
            threads,
            // A small one divides batches of existing rows.
            copying && random.nextBoolean() ? 2_000 : 1 << 20,
            directory,
            InstantSource.system());
    Progress progress = new Progress();
    TaskReport report =
        new TaskReport(
            "t",
            progress,
            new CopyProgress(),
            new Listeners(List.of(), threads),
            new Expectations());
    Connector connector = new Connector(settings, spec, claim, report, new ChannelGroups());
    try (Stretch stretch = connector.connect()) {
      stretch.run(
          () -> {
            watermark = Math.max(watermark, progress.watermark());
            return done() || random.nextDouble() < fault / 10;
          });
    } catch (RetriableException e) {
      // Another connection, or another process, goes on.
    }
  }

  /** What the source does between two questions for its catalog. */
  private void advance() {
    if (random.nextDouble() < fault / 5) {
      throw new RetriableException("killed", "");
    }
    show(random.nextInt(20));
    boolean silent = copying && history.channelsInUse().isEmpty();
    boolean allRead = visible == history.steps() && (silent || source.idle());
    syncsSinceEnd = allRead ? syncsSinceEnd + 1 : 0;
    if (allRead || copying && visible == history.steps()) {
      // A source that carries anything ticks on.
      lastTick = Timestamps.plusMillis(Math.max(lastTick, history.end()), random.nextInt(300));
      source.tick(lastTick, history.channelsInUse().toArray(String[]::new));
    }
    source.wake();
  }

  private void show(int steps) {
    for (int i = steps; i > 0 && visible < history.steps(); i--) {
      history.step(visible++).accept(source);
      if (strange && random.nextInt(20) == 0) {
        String[] channels = History.channels();
        source.publish(channels[random.nextInt(channels.length)], new byte[] {-1, -1});
      }
    }
  }

  static boolean isStrange(DeadLetter letter) {
    return letter.payload().size() == 2;
  }

  /** Readers can be further than the catalog that is being asked for. */
  private void overtake() {
    if (random.nextInt(4) == 0 && visible < history.steps()) {
      show(1 + random.nextInt(10));
      LockSupport.parkNanos(2_000_000);
    }
  }

  /**
   * Where nothing is left, no tick tells how far it is: then it gets as long as faults may cost.
   */
  private boolean done() {
    return history.channelsInUse().isEmpty() ? syncsSinceEnd > 40 : watermark >= history.end();
  }
}
