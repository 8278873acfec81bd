package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Masked;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A task that leaves rows out and masks a field. Beside the collection it changes, the source has
 * one that looks as the target's should.
 */
@ExtendWith(OneBench.class)
@Timeout(300)
class TransformE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path state;

  @Test
  void theTargetHasTheRowsThatAreWantedMaskedThroughAKill(Bench bench) throws Exception {
    MilvusClient source = bench.sourceClient();
    String database = bench.database("a");
    Table people = Table.create(source, database, "people", 2, true);
    Table wanted = Table.create(source, database, "wanted", 2, true);
    Path log = state.resolve("mirror.log");
    for (int life = 0; life < 2; life++) {
      try (MirrorProcess mirror =
          bench.mirror(state, log, "-Dmirror.transform=" + Masked.class.getName())) {
        mirror.awaitOutput("state=RUNNING", SOON);
        long first = life * 2_000L;
        people.insertLonger(first, first + 1_000, "keep");
        wanted.insertMasked(first, first + 1_000, "keep");
        people.insertLonger(first + 1_000, first + 2_000, "drop");
        // It was wanted, and is not any more; deletes of what is not there do no harm.
        people.delete(first, first + 100);
        people.insertLonger(first, first + 100, "drop again");
        people.delete(first + 1_000, first + 1_100);
        wanted.delete(first, first + 100);
        Thread.sleep(300);
      }
    }
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec().toBuilder().transform(new Masked()).build());
      people.insertLonger(9_000, 9_500, "keep");
      wanted.insertMasked(9_000, 9_500, "keep");
      TaskSpec looks =
          TaskSpec.builder("looks")
              .selection(Selection.collections(database + ".wanted"))
              .names(NameMapping.none().collection(database + ".wanted", database + ".people"))
              .build();
      Verdict verdict = bench.compare(task, looks);
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(bench.targetCount(database, "people", task)).isEqualTo(2 * 900 + 500);
      assertThat(task.status().counters().filtered()).isNotNegative();
      bench.cleanUp(task);
    }
  }
}
