package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.queue.Held;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.testkit.Entries;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostBeginningsTest {
  private static final CollectionEntry OLD = Entries.collection(1, "old", 10, "s-dml_0");
  private static final CollectionEntry NEW = Entries.collection(2, "new", 20, "s-dml_0");
  private static final Held HELD = new Held(at(100), at(200));

  private final LostBeginnings lost =
      new LostBeginnings(
          Entries.catalog(OLD, NEW),
          Comparator.comparingLong(position -> Long.parseLong(position.text())));

  private static Position at(long offset) {
    return new Position(Long.toString(offset));
  }

  @Test
  void whatIsHeldIsNoFinding() {
    lost.stated("s-dml_0", at(100), HELD);
    lost.stated("s-dml_0", at(200), HELD);
    lost.collections(Map.of(OLD, at(100), NEW, at(150)), HELD);

    assertThat(lost.findings()).isEmpty();
  }

  @Test
  void aForgottenMessageIsToldWithTheChoices() {
    lost.stated("s-dml_0", at(99), HELD);

    assertThat(lost.findings()).hasSize(1).allMatch(Finding::isBlocking);
    assertThat(lost.findings().get(0).what()).contains("s-dml_0", "99", "100");
    assertThat(lost.findings().get(0).message()).contains("start from that backup's positions");
  }

  @Test
  void aMessageThatWasNeverThereIsToldToo() {
    lost.stated("s-dml_0", at(201), HELD);

    assertThat(lost.findings()).hasSize(1);
    assertThat(lost.findings().get(0).message()).contains("ends before that message");
  }

  @Test
  void collectionsWhoseBeginningIsForgottenAreNamed() {
    lost.collections(Map.of(OLD, at(50), NEW, at(150)), HELD);

    assertThat(lost.findings()).hasSize(1).allMatch(Finding::isBlocking);
    assertThat(lost.findings().get(0).what()).contains("default.old").doesNotContain("new");
    assertThat(lost.findings().get(0).cure()).contains("backup", "latest");
  }
}
