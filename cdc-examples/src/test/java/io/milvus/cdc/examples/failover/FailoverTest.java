package io.milvus.cdc.examples.failover;

import static io.milvus.cdc.rows.FieldType.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.event.SchemaEvent.CreateCollection;
import io.milvus.cdc.memory.InMemoryCollection;
import io.milvus.cdc.memory.InMemorySource;
import io.milvus.cdc.memory.InMemoryTarget;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FailoverTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String STEP = "Restart the target.";

  private final InMemorySource source = new InMemorySource();
  private final InMemoryTarget target = new InMemoryTarget();
  private final InMemoryCollection books =
      source.create("books", Field.key("id", INT64), Field.vector("v", 2));

  /** A target that an operator must restart before it accepts client writes. */
  private record ByHand(InMemoryTarget target, AtomicBoolean restarted) implements ChangeTarget {
    @Override
    public Inspection check() {
      return target.check();
    }

    @Override
    public List<Finding> check(List<CreateCollection> wanted, RowsOnTarget rows) {
      return target.check(wanted, rows);
    }

    @Override
    public TargetSession open(Opening opening) {
      return target.open(opening);
    }

    @Override
    public List<String> promote(long ceiling) {
      return restarted.get() ? target.promote(ceiling) : List.of(STEP);
    }

    @Override
    public long demote() {
      return target.demote();
    }
  }

  private void insert(long id) {
    books.insert(Map.of("id", id, "v", List.of(0.5f, 1f)));
  }

  @Test
  void theTargetTakesOverAndIsAStandbyAgain() throws Exception {
    AtomicBoolean restarted = new AtomicBoolean();
    List<String> steps = new ArrayList<>();
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(source)
            .target(new ByHand(target, restarted))
            .checkpoints(new InMemoryStore())
            .start()) {
      CdcTask task = engine.submit(TaskSpec.of("dr"));
      Failover failover =
          new Failover(
              task,
              Duration.ofMillis(10),
              step -> {
                steps.add(step);
                restarted.set(true);
              });
      insert(1);
      task.awaitCaughtUp(SOON);

      Promotion promotion = failover.toTarget();

      assertThat(promotion.writable()).isTrue();
      assertThat(task.state()).isEqualTo(TaskState.PROMOTED);
      assertThat(steps).containsExactly(STEP);
      insert(2);
      assertThat(target.rows("books")).hasSize(1);

      failover.toSource(SOON);

      assertThat(target.rows("books")).isEqualTo(books.rows()).hasSize(2);
    }
  }
}
