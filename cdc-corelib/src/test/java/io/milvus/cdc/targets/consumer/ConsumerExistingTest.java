package io.milvus.cdc.targets.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.memory.InMemoryCollection;
import io.milvus.cdc.memory.InMemorySource;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A consumer of a task that starts from existing rows. */
@Timeout(60)
class ConsumerExistingTest {
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @Test
  void existingRowsAreMarkedAndTheFirstWatermarkFollowsThem() throws Exception {
    InMemorySource source = new InMemorySource(1);
    InMemoryCollection books = source.create("books", Field.key("id", FieldType.INT64));
    books.insert(Map.of("id", 1L));
    books.insert(Map.of("id", 2L));
    books.delete(2L);
    source.forgetMessages();
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              batch.changes().forEach(this::tell);
              return batch.acknowledged();
            });
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(source)
            .target(target)
            .checkpoints(new InMemoryStore())
            .start()) {
      CdcTask task = engine.submit(TaskSpec.builder("t").startFrom(StartFrom.existing()).build());
      task.awaitCaughtUp(Duration.ofSeconds(20));
      books.insert(Map.of("id", 3L));
      task.awaitCaughtUp(Duration.ofSeconds(20));
    }
    assertThat(told.stream().distinct())
        .containsExactly("catalog", "1 existing", "watermark", "3 new");
  }

  private void tell(Change change) {
    if (change instanceof Change.Inserted inserted) {
      told.add(inserted.rows().row(0).key() + (inserted.existing() ? " existing" : " new"));
    } else if (change instanceof Change.Watermark) {
      told.add("watermark");
    } else {
      told.add("catalog");
    }
  }
}
