package io.milvus.cdc.examples.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.testbed.workload.RunningWorkload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A mirror that is killed again and again, and must lose and double nothing. */
public record KilledMirror(Bench bench, Path state, SplittableRandom random) {
  /** Kills it under load, so often, or as often as {@code -Dcdc.kills} says. */
  public void killUnder(RunningWorkload workload, int kills) throws Exception {
    Path log = Files.createTempFile("mirror", ".log");
    System.out.println("the mirror's log: " + log);
    for (int kill = 0; kill < Integer.getInteger("cdc.kills", kills); kill++) {
      Moment.of(kill).liveAndDie(bench, state, log, random);
    }
    workload.stop();
    System.out.println(workload);
  }

  /** Lets it catch up, and compares both sides. */
  public void assertEqual(Consumer<CdcTask> further) throws Exception {
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      Verdict verdict = bench.compare(task, Duration.ofMinutes(3));
      System.out.println(verdict.table());
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isPositive();
      further.accept(task);
      bench.cleanUp(task);
    }
  }
}
