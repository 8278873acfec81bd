package consumer;

import static io.milvus.cdc.rows.FieldType.INT64;
import static io.milvus.cdc.rows.FieldType.TEXT;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.memory.InMemoryCollection;
import io.milvus.cdc.memory.InMemorySource;
import io.milvus.cdc.memory.InMemoryTarget;
import io.milvus.cdc.store.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Replicates three rows from memory to memory: the whole library, and no Milvus. */
public final class Books {
  private Books() {}

  public static void main(String[] args) throws Exception {
    InMemorySource source = new InMemorySource();
    InMemoryTarget target = new InMemoryTarget();
    InMemoryCollection books =
        source.create("books", Field.key("id", INT64), Field.of("title", TEXT), Field.vector("v", 2));
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(source)
            .target(target)
            .checkpoints(new InMemoryStore())
            .start()) {
      CdcTask task = engine.submit(TaskSpec.of("books"));
      for (String title : List.of("Emma", "Persuasion", "Sanditon")) {
        books.insert(Map.of("id", (long) title.length(), "title", title, "v", List.of(0.5f, 1f)));
      }
      task.awaitCaughtUp(Duration.ofSeconds(30));
    }
    if (!books.rows().equals(target.rows("books"))) {
      throw new AssertionError(books.rows() + " became " + target.rows("books"));
    }
    System.out.println("Replicated " + target.rows("books").size() + " rows: " + target.rows("books"));
  }
}
