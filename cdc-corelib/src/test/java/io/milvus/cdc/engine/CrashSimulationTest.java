package io.milvus.cdc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.Unhandled;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.checkpoint.CheckpointClaim;
import io.milvus.cdc.checkpoint.CheckpointStore;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.deadletter.DeadLetter.Reason;
import io.milvus.cdc.deadletter.DeadLetters;
import io.milvus.cdc.deadletter.FileDeadLetters;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.store.Claim;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.store.Store;
import io.milvus.cdc.target.milvus.MilvusTarget;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.Fault;
import io.milvus.cdc.testkit.History;
import io.milvus.cdc.testkit.Messages;
import io.milvus.cdc.testkit.Seeded;
import io.milvus.cdc.transform.EventTransform;
import io.milvus.cdc.transform.InsertedRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import milvus.proto.msg.Msg;
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

  @Test
  void whatCannotBeHandledIsSetAsideOnceAndNothingElseIsTouched() {
    Seeded.times(25, random -> simulateTrouble(random, 0.01));
  }

  private void simulateTrouble(SplittableRandom random, double fault) throws Exception {
    History history = new History(random.split(), 10 + random.nextInt(60));
    FakeSource source = new FakeSource(History.channels());
    FileDeadLetters letters = FileDeadLetters.at(Files.createTempDirectory(directory, "letters"));
    TaskSpec spec =
        TaskSpec.of("t")
            .transform(new Picky())
            .onUnhandled(Unhandled.setAside(new FailingLetters(letters, random.split(), fault)));
    try (FakeMilvus milvus = new FakeMilvus()) {
      SplittableRandom dice = random.split();
      milvus.trouble(method -> trouble(dice, fault));
      milvus.refuse(insert -> Picky.keyOf(insert) % 23 == 0);
      Life life = new Life(spec, history, source, milvus, random.split(), fault);
      life.strange = true;
      life.run();
      Map<String, Map<String, Long>> wanted = history.result();
      wanted.values().forEach(rows -> rows.keySet().removeIf(Picky::leavesOut));
      assertThat(rowsOf(milvus)).isEqualTo(wanted);
      assertThat(milvus.rows().violations()).isEmpty();
      assertThat(source.violations()).isEmpty();
      List<DeadLetter> kept = letters.read("t");
      assertThat(kept)
          .extracting(letter -> letter.channel() + "@" + letter.position())
          .doesNotHaveDuplicates();
      assertThat(kept).filteredOn(l -> l.reason() == Reason.UNDECODABLE).allMatch(Life::isStrange);
      assertThat(kept)
          .filteredOn(l -> l.reason() != Reason.UNDECODABLE)
          .allSatisfy(
              letter ->
                  assertThat(
                          Picky.keyOf(Msg.InsertRequest.parseFrom(letter.payload().bytes()))
                              % (letter.reason() == Reason.REFUSED ? 23 : 7))
                      .isZero());
    }
  }

  /** Leaves rows out, throws at others. */
  private static final class Picky implements EventTransform {
    @Override
    public InsertedRows insert(InsertedRows rows) {
      return rows.where(
          row -> {
            long key = (Long) row.key();
            if (key % 7 == 0) {
              throw new IllegalStateException("not this one");
            }
            return key % 5 != 0;
          });
    }

    static boolean leavesOut(String row) {
      long key = Long.parseLong(row.substring(0, row.indexOf(':')));
      return key % 5 == 0 || key % 7 == 0 || key % 23 == 0;
    }

    static long keyOf(Msg.InsertRequest insert) {
      return insert.getFieldsDataList().stream()
          .filter(column -> column.getFieldId() == Messages.KEY_FIELD)
          .findFirst()
          .orElseThrow()
          .getScalars()
          .getLongData()
          .getData(0);
    }
  }

  /** Fails before keeping, or after it. */
  private record FailingLetters(FileDeadLetters letters, SplittableRandom random, double fault)
      implements DeadLetters {
    @Override
    public synchronized List<DeadLetter> keep(String task, List<DeadLetter> more) {
      if (random.nextDouble() < fault) {
        throw new RetriableException("killed before keeping");
      }
      List<DeadLetter> fresh = letters.keep(task, more);
      if (random.nextDouble() < fault) {
        throw new RetriableException("killed after keeping");
      }
      return fresh;
    }
  }

  private void simulate(SplittableRandom random, double fault) throws Exception {
    History history = new History(random.split(), 10 + random.nextInt(60));
    FakeSource source = new FakeSource(History.channels());
    try (FakeMilvus milvus = new FakeMilvus()) {
      SplittableRandom dice = random.split();
      milvus.trouble(method -> trouble(dice, fault));
      new Life(TaskSpec.of("t"), history, source, milvus, random.split(), fault).run();
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
    private final TaskSpec spec;
    private final History history;
    private final FakeSource source;
    private final FakeMilvus milvus;
    private final SplittableRandom random;
    private final double fault;
    private final CheckpointStore store = CheckpointStore.in(new FailingStore());
    private int visible;
    private int syncsSinceEnd;
    private long lastTick;
    private volatile long watermark;

    /** Whether messages that nobody knows are among the others. */
    private boolean strange;

    Life(
        TaskSpec spec,
        History history,
        FakeSource source,
        FakeMilvus milvus,
        SplittableRandom random,
        double fault) {
      this.spec = spec;
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
      Connector connector = new Connector(settings, spec, claim, report, new ChannelGroups());
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

    private boolean done() {
      return history.channelsInUse().isEmpty() ? syncsSinceEnd > 3 : watermark >= history.end();
    }

    /** Fails before a save, or after it. */
    private final class FailingStore implements Store {
      private final Store kept = new InMemoryStore();

      @Override
      public Claim claim(String name) {
        return new FailingClaim(kept.claim(name));
      }

      @Override
      public Optional<String> read(String name) {
        return kept.read(name);
      }

      @Override
      public List<String> names() {
        return kept.names();
      }
    }

    private final class FailingClaim implements Claim {
      private final Claim claim;

      FailingClaim(Claim claim) {
        this.claim = claim;
      }

      @Override
      public Optional<String> load() {
        return claim.load();
      }

      @Override
      public void save(String text) {
        if (random.nextDouble() < fault) {
          throw new RetriableException("killed before saving");
        }
        claim.save(text);
        if (random.nextDouble() < fault) {
          throw new RetriableException("killed after saving");
        }
      }

      @Override
      public void delete() {
        claim.delete();
      }

      @Override
      public void requireOwned() {
        claim.requireOwned();
      }

      @Override
      public void close() {
        claim.close();
      }
    }
  }
}
