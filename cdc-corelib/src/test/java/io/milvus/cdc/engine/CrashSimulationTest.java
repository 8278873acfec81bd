package io.milvus.cdc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.checkpoint.Checkpoint;
import io.milvus.cdc.checkpoint.CheckpointClaim;
import io.milvus.cdc.checkpoint.InMemoryCheckpointStore;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.target.milvus.MilvusTarget;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.Fault;
import io.milvus.cdc.testkit.History;
import io.milvus.cdc.testkit.Seeded;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random source, a replica that breaks the connection before or after doing what it was asked, a
 * store that fails before or after saving, and a process that is killed, stopped and started: in
 * the end both sides are equal.
 */
@Timeout(300)
class CrashSimulationTest {
  @TempDir Path directory;

  @Test
  void theTargetEqualsTheSourceWhateverBreaks() {
    Seeded.times(80, random -> simulate(random, 0.03));
  }

  @Test
  void theTargetEqualsTheSourceWhereNothingBreaks() {
    Seeded.times(20, random -> simulate(random, 0));
  }

  private void simulate(SplittableRandom random, double fault) throws Exception {
    History history = new History(random.split(), 10 + random.nextInt(60));
    FakeSource source = new FakeSource(History.channels());
    try (FakeMilvus milvus = new FakeMilvus()) {
      SplittableRandom dice = random.split();
      milvus.trouble(method -> trouble(dice, fault));
      new Life(history, source, milvus, random.split(), fault).run();
      assertThat(rowsOf(milvus)).isEqualTo(history.result());
      assertThat(milvus.rows().violations()).isEmpty();
      assertThat(source.violations()).isEmpty();
    }
  }

  private static Fault trouble(SplittableRandom dice, double probability) {
    double roll = dice.nextDouble();
    return roll < probability
        ? Fault.cutBefore()
        : roll < 2 * probability ? Fault.cutAfter() : null;
  }

  private static Map<String, Map<String, Long>> rowsOf(FakeMilvus milvus) {
    Map<String, Map<String, Long>> all = new TreeMap<>();
    milvus
        .catalog()
        .collections()
        .forEach(
            (name, made) ->
                made.partitions()
                    .forEach(
                        (partition, id) ->
                            all.put(
                                name.substring("default.".length()) + "/" + partition,
                                milvus.rows().visible(made.id(), id))));
    return all;
  }

  /** One task's life over many processes. */
  private final class Life {
    private final History history;
    private final FakeSource source;
    private final FakeMilvus milvus;
    private final SplittableRandom random;
    private final double fault;
    private final InMemoryCheckpointStore store = new InMemoryCheckpointStore();
    private int visible;
    private int syncsSinceEnd;
    private long lastTick;
    private volatile long watermark;

    Life(
        History history,
        FakeSource source,
        FakeMilvus milvus,
        SplittableRandom random,
        double fault) {
      this.history = history;
      this.source = source;
      this.milvus = milvus;
      this.random = random;
      this.fault = fault;
    }

    void run() throws Exception {
      source.beforeSync(this::advance);
      source.duringSync(this::overtake);
      while (!done()) {
        MilvusTarget target = MilvusTarget.builder().uri(milvus.uri()).build();
        try (CheckpointClaim claim = store.claim("t")) {
          // A few connections in one process, which share the target's clocks.
          do {
            connectOnce(target, claim);
          } while (!done() && random.nextInt(3) > 0);
        }
      }
    }

    private void connectOnce(MilvusTarget target, CheckpointClaim claim) throws Exception {
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
              1 << 20,
              directory,
              InstantSource.system());
      Progress progress = new Progress();
      TaskReport report = new TaskReport("t", progress, new Listeners(List.of(), threads));
      Connector connector =
          new Connector(
              settings, TaskSpec.of("t"), new FailingClaim(claim), report, new ChannelGroups());
      try (Replication replication = connector.connect()) {
        replication.run(
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
        throw new RetriableException("killed");
      }
      show(random.nextInt(20));
      boolean allRead = visible == history.steps() && source.idle();
      syncsSinceEnd = allRead ? syncsSinceEnd + 1 : 0;
      if (allRead) {
        // A source that carries anything ticks on.
        lastTick = Timestamps.plusMillis(Math.max(lastTick, history.end()), random.nextInt(300));
        source.tick(lastTick, history.channelsInUse().toArray(String[]::new));
      }
      source.wake();
    }

    private void show(int steps) {
      for (int i = steps; i > 0 && visible < history.steps(); i--) {
        history.step(visible++).accept(source);
      }
    }

    /** Readers can be further than the catalog that is being asked for. */
    private void overtake() {
      if (random.nextInt(4) == 0 && visible < history.steps()) {
        show(1 + random.nextInt(10));
        LockSupport.parkNanos(2_000_000);
      }
    }

    private boolean done() {
      return history.channelsInUse().isEmpty() ? syncsSinceEnd > 3 : watermark >= history.end();
    }

    /** Fails before a save, or after it. */
    private final class FailingClaim implements CheckpointClaim {
      private final CheckpointClaim claim;

      FailingClaim(CheckpointClaim claim) {
        this.claim = claim;
      }

      @Override
      public Optional<Checkpoint> load() {
        return claim.load();
      }

      @Override
      public void save(Checkpoint checkpoint) {
        if (random.nextDouble() < fault) {
          throw new RetriableException("killed before saving");
        }
        claim.save(checkpoint);
        if (random.nextDouble() < fault) {
          throw new RetriableException("killed after saving");
        }
      }

      @Override
      public void delete() {
        claim.delete();
      }

      @Override
      public void close() {}
    }
  }
}
