package io.milvus.cdc.internal.engine;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.testkit.FailingStore;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.History;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** Damages the target before a resync. Null if there are none. */
  private @Nullable Consumer<Set<String>> damage;

  private int resyncs;

  /** Whether a copy is ordered. */
  private boolean pending;

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

  /**
   * Lets the target lose rows, and the task copy them again.
   *
   * @param damage gets the names of the collections that are copied again; none for all
   */
  void damaged(Consumer<Set<String>> damage) {
    begunBefore(0);
    this.damage = damage;
  }

  private void damageOnce(CheckpointClaim claim) {
    Checkpoint stored = claim.load().orElse(null);
    if (damage == null || stored == null || resyncs == 2 || random.nextInt(3) > 0) {
      return;
    }
    List<Long> ids = List.copyOf(stored.applied().collections().keySet());
    boolean whole = ids.isEmpty() || stored.isCopying() || random.nextInt(3) == 0;
    Set<Long> chosen = whole ? Set.of() : Set.of(ids.get(random.nextInt(ids.size())));
    if (!isSaved(claim, stored.ordered(new CopyOrder(chosen, 0, false, StartFrom.existing())))) {
      return;
    }
    resyncs++;
    watermark = 0;
    if (whole) {
      source.forgetAll();
    }
    damage.accept(
        chosen.stream()
            .map(id -> stored.applied().collections().get(id).name())
            .collect(Collectors.toSet()));
  }

  private static boolean isSaved(CheckpointClaim claim, Checkpoint wanted) {
    try {
      claim.save(wanted);
      return true;
    } catch (RetriableException e) {
      return claim.load().filter(wanted::equals).isPresent();
    }
  }

  void run() throws Exception {
    source.beforeSync(this::advance);
    source.duringSync(this::overtake);
    while (!done()) {
      ChangeTarget target = targets.get();
      try (CheckpointClaim claim = store.claim("t")) {
        // A few connections in one process, which share the target's clocks.
        do {
          damageOnce(claim);
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
    Connector connector =
        new Connector(new TaskParts(settings, spec, claim, report, new ChannelGroups()));
    pending = claim.load().filter(Checkpoint::isCopying).isPresent();
    AtomicBoolean stopped = new AtomicBoolean();
    try (Stretch stretch = connector.connect()) {
      stretch.run(
          () -> {
            watermark = Math.max(watermark, progress.watermark());
            boolean stop = stopped.get() || done() || random.nextDouble() < fault / 10;
            stopped.set(stop);
            return stop;
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
    return !pending && reached();
  }

  private boolean reached() {
    return history.channelsInUse().isEmpty() ? syncsSinceEnd > 40 : watermark >= history.end();
  }
}
