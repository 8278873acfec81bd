package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.BOOKS;
import static io.milvus.cdc.internal.engine.OneEngine.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.testkit.Entries;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PreflightTest {
  private static final TaskSpec SPEC =
      TaskSpec.builder("t").selection(Selection.of("default")).build();
  private static final CollectionEntry FILMS = Entries.collection(2, "films", T, "s-dml_1");

  @TempDir Path directory;
  private OneEngine one;

  @BeforeEach
  void begin() {
    one = new OneEngine(directory);
    one.source.change(Entries.catalog(BOOKS, FILMS));
  }

  @AfterEach
  void end() {
    one.close();
  }

  private List<String> check(TaskSpec spec) throws InterruptedException {
    return one.engine.check(spec).stream().map(Finding::toString).toList();
  }

  private static Inspection inspection(OptionalLong lead, String identity, Finding... findings) {
    return new Inspection(List.of(findings), Set.of(identity), lead);
  }

  private CdcTask replicated() throws Exception {
    one.insert(T + 5, 1);
    one.source.tick(Timestamps.of(Instant.now()), "s-dml_0", "s-dml_1");
    CdcTask task = one.engine.submit(SPEC);
    await().until(() -> task.status().counters().inserted() == 1);
    await().until(() -> !task.status().checkpoint().positions().isEmpty());
    return task;
  }

  @Test
  void whereAllIsWellThereIsNothingToSayAndNothingIsLeft() throws Exception {
    assertThat(check(SPEC)).isEmpty();

    assertThat(one.target.applied()).isEmpty();
    assertThat(one.target.closed()).isZero();
    assertThat(one.store.tasks()).isEmpty();
    assertThat(one.engine.tasks()).isEmpty();
    one.store.claim("t").close();
  }

  @Test
  void findingsOfAllPartsAreToldAtOnce() throws Exception {
    one.source.inspection(
        inspection(OptionalLong.of(900), "a", Finding.blocking("The queue is away.", "Start it.")));
    one.target.inspection(
        inspection(OptionalLong.of(-300), "b", Finding.warning("The target is old.", "Compare.")));
    one.target.conflicts(Finding.blocking("books is another.", "Drop it."));
    one.source.forget("s-dml_1", 5);

    assertThat(check(SPEC))
        .containsExactly(
            "BLOCKING: The queue is away. Start it.",
            "WARNING: The target is old. Compare.",
            "WARNING: Clocks are 1200 ms apart: %s's is 300 ms behind, the source's 900 ms ahead,"
                    .formatted(one.target)
                + " compared with this process's. Synchronize the clocks of all hosts by NTP. Until"
                + " then rows may reach the target as much later.",
            "BLOCKING: s-dml_1 has lost 0. Begin anew.",
            "BLOCKING: books is another. Drop it.");
  }

  @Test
  void clocksThatDifferLittleAreFine() throws Exception {
    one.source.inspection(inspection(OptionalLong.of(200), "a"));
    one.target.inspection(inspection(OptionalLong.of(-300), "b"));

    assertThat(check(SPEC)).isEmpty();
  }

  @Test
  void oneMilvusOnBothSidesIsTold() throws Exception {
    one.source.inspection(inspection(OptionalLong.empty(), "lease 1"));
    one.target.inspection(inspection(OptionalLong.empty(), "lease 1"));

    assertThat(check(SPEC)).hasSize(1).first().asString().contains("are the same Milvus");
    assertThat(check(SPEC.toBuilder().target("other").build())).isEmpty();
  }

  @Test
  void aTargetThatWouldWriteToATopicOfTheSourceIsRefusedAndNotEvenAsked() throws Exception {
    one.target.topics("s-dml_1");
    one.target.inspection(
        inspection(OptionalLong.empty(), "a", Finding.warning("It made a topic.", "")));

    assertThat(check(SPEC))
        .containsExactly(
            "BLOCKING: %s would write to 's-dml_1', a name that Milvus uses for its own topics."
                    .formatted(one.target)
                + " Set another topic for the target. Events there would damage the source, or"
                + " another Milvus.");
    assertThatThrownBy(() -> one.engine.submit(SPEC))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("would write to 's-dml_1'");
    assertThat(check(SPEC.toBuilder().target("other").build())).isEmpty();
  }

  @Test
  void aSourceThatCannotBeAskedIsToldOnce() throws Exception {
    one.source.failToSync(new RetriableException("etcd is away.", "Start it."));
    assertThat(check(SPEC)).containsExactly("BLOCKING: etcd is away. Start it.");

    one.source.inspection(
        inspection(OptionalLong.empty(), "a", Finding.blocking("etcd is away.", "Start it.")));
    one.source.failToSync(new RetriableException("etcd did not answer.", "Start it."));
    assertThat(check(SPEC)).containsExactly("BLOCKING: etcd is away. Start it.");
  }

  @Test
  void whatSubmitRefusesIsAFindingToo() throws Exception {
    replicated();

    assertThat(check(SPEC)).isEmpty();
    assertThat(check(TaskSpec.of("u")))
        .hasSize(1)
        .first()
        .asString()
        .contains("BLOCKING: Tasks 't' and 'u'", "delete 't', which is RUNNING");
    assertThat(check(SPEC.toBuilder().target("nowhere").build()))
        .hasSize(1)
        .first()
        .asString()
        .contains("'nowhere', which the engine does not have", "[default, other]");
  }

  @Test
  void onlyWhatTheTaskStillHasToMakeIsComparedUnderItsNamesOnTheTarget() throws Exception {
    TaskSpec films =
        TaskSpec.builder("u")
            .selection(Selection.of("default.films"))
            .names(NameMapping.none().collection("default.films", "archive.movies"))
            .build();
    assertThat(check(films)).isEmpty();
    assertThat(one.target.askedAbout()).containsExactly("archive.movies");

    CdcTask task = replicated();
    await().until(() -> one.target.applied().size() == 2);
    task.pause();
    assertThat(check(SPEC)).isEmpty();
    assertThat(one.target.askedAbout()).isEmpty();
  }

  @Test
  void aPositionThatIsHeldNoLongerIsToldBeforeTheTaskGoesOn() throws Exception {
    CdcTask task = replicated();
    task.pause();
    one.source.forget("s-dml_0", 1000);

    assertThat(check(SPEC)).hasSize(1).first().asString().contains("s-dml_0 has lost");
    TaskSpec at =
        TaskSpec.builder("u")
            .target("other")
            .startFrom(StartFrom.positions(new HybridTime(T), Map.of("s-dml_0", new Position("7"))))
            .build();
    assertThat(check(at)).containsExactly("BLOCKING: s-dml_0 has lost 7. Begin anew.");
  }

  @Test
  void aPromotedTaskIsTold() throws Exception {
    replicated().promote();

    assertThat(check(SPEC)).hasSize(1).first().asString().contains("was promoted", "Demote");
  }
}
