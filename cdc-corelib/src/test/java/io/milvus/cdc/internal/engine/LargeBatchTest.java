package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.ExistingStatus.Phase;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.Messages;
import io.milvus.cdc.transform.EventTransform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Existing rows of one timestamp, as those of a bulk import, that do not fit into memory. */
@Timeout(60)
class LargeBatchTest {
  private static final long T = OneEngine.T;
  private static final CollectionEntry FILMS =
      Entries.collection(2, "films", T, "s-dml_0", "s-dml_1");

  @TempDir private Path directory;

  private OneEngine one;

  /** Creates a source with two messages of one timestamp. */
  @BeforeEach
  void open() {
    one = OneEngine.small(directory);
    one.source.change(Entries.catalog(FILMS));
    for (int shard = 0; shard < 2; shard++) {
      one.source.publish(
          "s-dml_" + shard,
          Messages.insert(FILMS.shards().get(shard), 2, 20, T + 5, 10L * shard, 10L * shard + 1));
    }
  }

  @AfterEach
  void close() {
    one.close();
  }

  private CdcTask submit(EventTransform transform) {
    return one.engine.submit(
        TaskSpec.builder("t").startFrom(StartFrom.existing()).transform(transform).build());
  }

  private void awaitDone(CdcTask task) {
    await()
        .untilAsserted(
            () -> {
              long now = Timestamps.of(Instant.now().plusMillis(1));
              one.source.tick(now, "s-dml_0");
              one.source.tick(now, "s-dml_1");
              ExistingStatus copy = task.status().existing();
              assertThat(copy == null ? null : copy.phase()).isEqualTo(Phase.DONE);
            });
  }

  private List<Round> rounds() {
    return one.target.rounds().stream().filter(round -> !round.events().isEmpty()).toList();
  }

  @Test
  void theyAreSentInPartsAndTheWatermarkFollowsTheLastOne() throws Exception {
    List<Long> watermarks = new ArrayList<>();
    CdcTask task =
        submit(
            new EventTransform() {
              @Override
              public InsertedRows insert(InsertedRows rows) {
                watermarks.add(one.target.advanced());
                return rows;
              }
            });
    awaitDone(task);

    assertThat(rounds()).hasSize(2).allMatch(round -> !round.isReplay());
    assertThat(rounds()).allMatch(round -> round.upTo() >= T + 5);
    assertThat(one.target.relieved()).isEqualTo(1);
    assertThat(watermarks).hasSize(2).allMatch(watermark -> watermark < T + 5);
    assertThat(task.status().existing().rows()).isEqualTo(4);
  }

  @Test
  void afterAFaultInTheMiddleAllPartsAreSentAgain() throws Exception {
    int[] calls = {0};
    CdcTask task =
        submit(
            new EventTransform() {
              @Override
              public InsertedRows insert(InsertedRows rows) {
                if (++calls[0] == 2) {
                  one.target.failToSend(new UnknownOutcomeException("a fault", ""));
                }
                return rows;
              }
            });
    awaitDone(task);

    assertThat(rounds()).extracting(Round::isReplay).containsExactly(false, true, true);
    assertThat(rounds().get(1).events().get(0).header().shard())
        .isNotEqualTo(rounds().get(2).events().get(0).header().shard());
  }
}
