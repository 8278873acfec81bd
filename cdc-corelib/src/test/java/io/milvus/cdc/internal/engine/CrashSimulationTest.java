package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.UnhandledPolicy;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.deadletter.DeadLetter.Reason;
import io.milvus.cdc.deadletter.DeadLetters;
import io.milvus.cdc.deadletter.FileDeadLetters;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.Fault;
import io.milvus.cdc.testkit.History;
import io.milvus.cdc.testkit.Messages;
import io.milvus.cdc.testkit.Seeded;
import io.milvus.cdc.transform.EventTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random source, a standby that breaks the connection before or after doing what it was asked, a
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
  void existingRowsAndLaterChangesMakeTheTargetEqualWhateverBreaks() {
    Seeded.times(25, random -> simulateCopy(random, 0.03));
  }

  @Test
  void existingRowsAndLaterChangesMakeTheTargetEqualWhereNothingBreaks() {
    Seeded.times(5, random -> simulateCopy(random, 0));
  }

  private void simulateCopy(SplittableRandom random, double fault) throws Exception {
    TaskSpec spec = TaskSpec.builder("t").startFrom(StartFrom.existing()).build();
    simulate(
        random,
        fault,
        spec,
        (life, history, milvus) -> life.begunBefore(random.nextInt(history.steps() + 1)));
  }

  @Test
  void collectionsThatAreCopiedAgainAreEqualAlthoughTheTargetHadLostTheirRows() {
    Seeded.times(10, random -> simulateResync(random, 0.03));
  }

  @Test
  void collectionsThatAreCopiedAgainAreEqualIfNothingElseBreaks() {
    Seeded.times(5, random -> simulateResync(random, 0));
  }

  private void simulateResync(SplittableRandom random, double fault) throws Exception {
    simulate(
        random,
        fault,
        TaskSpec.of("t"),
        (life, history, milvus) -> life.damaged(names -> lose(milvus, names)));
  }

  private static void lose(FakeMilvus milvus, Set<String> names) {
    milvus
        .catalog()
        .collections()
        .forEach(
            (name, made) -> {
              if (names.isEmpty() || names.contains(name.substring("default.".length()))) {
                milvus.rows().lose(made.id());
              }
            });
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
        TaskSpec.builder("t")
            .transform(new Picky())
            .onUnhandled(
                UnhandledPolicy.setAside(new FailingLetters(letters, random.split(), fault)))
            .build();
    try (FakeMilvus milvus = new FakeMilvus()) {
      SplittableRandom dice = random.split();
      milvus.trouble(method -> trouble(dice, fault));
      milvus.refuse(insert -> Picky.keyOf(insert) % 23 == 0);
      SimulatedLife life = life(spec, history, source, milvus, random.split(), fault);
      life.strange();
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
      assertThat(kept)
          .filteredOn(l -> l.reason() == Reason.UNDECODABLE)
          .allMatch(SimulatedLife::isStrange);
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
        throw new RetriableException("killed before keeping", "");
      }
      List<DeadLetter> fresh = letters.keep(task, more);
      if (random.nextDouble() < fault) {
        throw new RetriableException("killed after keeping", "");
      }
      return fresh;
    }
  }

  /** Prepares a life before its task begins. */
  private interface Preparation {
    void prepare(SimulatedLife life, History history, FakeMilvus milvus);
  }

  private void simulate(SplittableRandom random, double fault) throws Exception {
    simulate(random, fault, TaskSpec.of("t"), (life, history, milvus) -> {});
  }

  private void simulate(SplittableRandom random, double fault, TaskSpec spec, Preparation before)
      throws Exception {
    History history = new History(random.split(), 10 + random.nextInt(60));
    FakeSource source = new FakeSource(History.channels());
    try (FakeMilvus milvus = new FakeMilvus()) {
      SplittableRandom dice = random.split();
      milvus.trouble(method -> trouble(dice, fault));
      SimulatedLife life = life(spec, history, source, milvus, random.split(), fault);
      before.prepare(life, history, milvus);
      life.run();
      assertThat(rowsOf(milvus)).isEqualTo(history.result());
      assertThat(milvus.rows().violations()).isEmpty();
      assertThat(source.violations()).isEmpty();
    }
  }

  private SimulatedLife life(
      TaskSpec spec,
      History history,
      FakeSource source,
      FakeMilvus milvus,
      SplittableRandom random,
      double fault) {
    return new SimulatedLife(
        spec,
        history,
        source,
        () -> MilvusTarget.builder().uri(milvus.uri()).build(),
        random,
        fault,
        directory);
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
}
