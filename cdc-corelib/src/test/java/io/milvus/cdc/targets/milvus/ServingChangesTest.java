package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneStandby.BOOKS;
import static io.milvus.cdc.targets.milvus.OneStandby.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.catalog.Load;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServingChangesTest {
  private static final PartitionEntry NEW = new PartitionEntry(11, "2024", T + 10, 0);
  private static final IndexEntry FLAT =
      new IndexEntry("mine", "vec", Map.of("index_type", "FLAT"));
  private static final Load WHOLE = new Load(true, Set.of(10L, 11L), 1);

  private final OneStandby standby = new OneStandby();

  @BeforeEach
  void create() throws Exception {
    standby.create(BOOKS);
    standby.session.apply(new SchemaEvent.CreatePartition(T + 10, Entries.DEFAULT, BOOKS, NEW));
    standby.milvus.forgetCalls();
  }

  @AfterEach
  void end() {
    standby.close();
  }

  private String serve(List<IndexEntry> indexes, Load load) throws InterruptedException {
    return standby.session.applyIndexes(BOOKS, new Serving(indexes, load)).limitation();
  }

  private Set<String> loaded() {
    return standby.milvus.serving().loaded("default", "books");
  }

  @Test
  void theIndexIsMadeBeforeTheLoad() throws Exception {
    assertThat(serve(List.of(FLAT), WHOLE)).isEmpty();

    assertThat(standby.milvus.calls()).containsSubsequence("CreateIndex", "LoadCollection");
    assertThat(loaded()).containsExactlyInAnyOrder("_default", "2024");
  }

  @Test
  void whatIsThereAlreadyIsNotTouched() throws Exception {
    serve(List.of(FLAT), WHOLE);
    standby.milvus.forgetCalls();
    assertThat(serve(List.of(FLAT), WHOLE)).isEmpty();

    assertThat(standby.milvus.calls()).containsOnly("DescribeIndex", "GetLoadState", "GetReplicas");
  }

  @Test
  void anIndexWithOtherParametersIsReplacedAndTheLoadBegunAgain() throws Exception {
    serve(List.of(FLAT), WHOLE);
    IndexEntry other = new IndexEntry("mine", "vec", Map.of("index_type", "HNSW"));
    standby.milvus.forgetCalls();
    assertThat(serve(List.of(other), WHOLE)).isEmpty();

    assertThat(standby.milvus.calls())
        .containsSubsequence("ReleaseCollection", "DropIndex", "CreateIndex", "LoadCollection");
    assertThat(standby.milvus.serving().indexes("default", "books").get("mine").getParams(0))
        .extracting("value")
        .isEqualTo("HNSW");
  }

  @Test
  void ofAWholeCollectionOnePartitionMayBeReleased() throws Exception {
    assertThat(serve(List.of(FLAT), new Load(true, Set.of(10L), 1))).isEmpty();
    assertThat(standby.milvus.calls()).contains("LoadCollection");
    assertThat(loaded()).containsExactly("_default");
  }

  @Test
  void singlePartitionsAreLoadedAsSuch() throws Exception {
    assertThat(serve(List.of(FLAT), new Load(false, Set.of(11L), 1))).isEmpty();
    assertThat(standby.milvus.calls()).contains("LoadPartitions").doesNotContain("LoadCollection");
    assertThat(loaded()).containsExactly("2024");
  }

  @Test
  void moreReplicasThanTheTargetCanHoldAreCappedAndTold() throws Exception {
    standby.milvus.serving().queryNodes(2);
    Load three = new Load(true, Set.of(10L, 11L), 3);

    assertThat(serve(List.of(FLAT), three))
        .contains("default.books", "2 replicas on the target", "3 on the source");
    assertThat(loaded()).hasSize(2);

    standby.milvus.serving().queryNodes(3);
    assertThat(serve(List.of(FLAT), three)).isEmpty();
  }

  @Test
  void aRefusalIsToldAndNothingIsThrown() throws Exception {
    standby.milvus.fail("LoadCollection", Fault.code(65535, "memory is short"));

    assertThat(serve(List.of(FLAT), WHOLE)).contains("load default.books", "memory is short");
    assertThat(serve(List.of(FLAT), WHOLE)).isEmpty();
  }

  @Test
  void noAnswerEndsTheSessionAsEver() {
    standby.milvus.fail("CreateIndex", Fault.cutBefore());

    assertThatThrownBy(() -> serve(List.of(FLAT), WHOLE)).isInstanceOf(RetriableException.class);
  }

  private static final IndexEntry MAPPED =
      new IndexEntry("mine", "vec", Map.of("index_type", "FLAT", "mmap.enabled", "true"));

  @Test
  void whatWasChangedOfAnIndexInPlaceIsChangedInPlace() throws Exception {
    serve(List.of(FLAT), WHOLE);
    standby.milvus.forgetCalls();
    assertThat(serve(List.of(MAPPED), WHOLE)).isEmpty();
    assertThat(standby.milvus.calls())
        .contains("AlterIndex")
        .doesNotContain("DropIndex", "CreateIndex", "ReleaseCollection");

    standby.milvus.forgetCalls();
    assertThat(serve(List.of(MAPPED), WHOLE)).isEmpty();
    assertThat(standby.milvus.calls()).doesNotContain("AlterIndex");
  }

  @Test
  void aTargetThatAltersNoIndexIsToldOfAndLeftAlone() throws Exception {
    serve(List.of(FLAT), WHOLE);
    standby.milvus.fail("AlterIndex", Fault.cutBefore());

    assertThat(serve(List.of(MAPPED), WHOLE))
        .contains("mmap.enabled", "default.books", "does not support the call");
  }

  private String configure(Map<String, String> properties) throws InterruptedException {
    return standby
        .session
        .applyIndexes(BOOKS, new Serving(List.of(), Load.NONE, properties))
        .limitation();
  }

  private Map<String, String> properties() {
    Map<String, String> all = new HashMap<>();
    standby
        .milvus
        .catalog()
        .get("default", "books")
        .request()
        .getPropertiesList()
        .forEach(pair -> all.put(pair.getKey(), pair.getValue()));
    return all;
  }

  @Test
  void propertiesAreSetWhereTheyDifferAndOthersStay() throws Exception {
    assertThat(configure(Map.of("a", "1", "b", "2"))).isEmpty();
    assertThat(configure(Map.of("a", "1", "b", "3"))).isEmpty();
    assertThat(properties()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "3"));
    standby.milvus.forgetCalls();
    assertThat(configure(Map.of("b", "3"))).isEmpty();

    assertThat(standby.milvus.calls()).doesNotContain("AlterCollection");
    assertThat(properties()).containsKey("a");
  }

  @Test
  void propertiesThatAreRefusedAreTold() throws Exception {
    standby.milvus.fail("AlterCollection", Fault.code(1100, "no such property"));

    assertThat(configure(Map.of("a", "1"))).contains("{a=1}", "no such property");
  }
}
