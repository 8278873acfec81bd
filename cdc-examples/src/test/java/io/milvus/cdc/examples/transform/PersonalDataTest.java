package io.milvus.cdc.examples.transform;

import static io.milvus.cdc.rows.FieldType.INT64;
import static io.milvus.cdc.rows.FieldType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.memory.InMemoryCollection;
import io.milvus.cdc.memory.InMemorySource;
import io.milvus.cdc.memory.InMemoryTarget;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.store.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PersonalDataTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final InMemorySource source = new InMemorySource();
  private final InMemoryTarget target = new InMemoryTarget();

  private InMemoryCollection collection(String name) {
    return source.createIn(
        "shop",
        name,
        Field.key("id", INT64),
        Field.of("name", TEXT),
        Field.of("mail", TEXT),
        Field.vector("v", 2));
  }

  private static Map<String, Object> row(long id, String name) {
    return Map.of("id", id, "name", name, "mail", name + "@example.com", "v", List.of(0.5f, 1f));
  }

  @Test
  void usersArriveWithoutTheirMailAndTestAccountsDoNot() throws Exception {
    InMemoryCollection users = collection("users");
    InMemoryCollection suppliers = collection("suppliers");
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(source)
            .target(target)
            .checkpoints(new InMemoryStore())
            .start()) {
      users.insert(row(1, "emma"));
      users.insert(row(2, "test-17"));
      users.delete(2L);
      suppliers.insert(row(3, "test-press"));
      engine.submit(PersonalData.task()).awaitCaughtUp(SOON);
    }

    assertThat(target.rows("shop", "users").values())
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("name", "emma").containsEntry("mail", ""));
    assertThat(target.rows("shop", "suppliers")).isEqualTo(suppliers.rows());
  }
}
