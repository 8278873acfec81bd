package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.Fault;
import io.milvus.grpc.FieldSchema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TargetPreflightTest {
  private final OneStandby one = new OneStandby();
  private final FakeMilvus milvus = one.milvus;

  @AfterEach
  void end() {
    one.close();
  }

  private MilvusTarget target() {
    return MilvusTarget.builder()
        .milvus(MilvusEndpoint.at(milvus.uri()).token("cdc:secret"))
        .build();
  }

  private static List<Finding> conflicts(
      MilvusTarget target, RowsOnTarget rows, CollectionEntry... wanted)
      throws InterruptedException {
    return target.check(
        Arrays.stream(wanted)
            .map(
                entry ->
                    new SchemaEvent.CreateCollection(entry.createdAt(), Entries.DEFAULT, entry))
            .toList(),
        rows);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws Exception {
    milvus.standby(false);
    milvus.version("2.6.1");
    milvus.fail("CreateDatabase", Fault.error(Status.Code.PERMISSION_DENIED));
    milvus.fail("LoadCollection", Fault.error(Status.Code.PERMISSION_DENIED));

    List<Finding> found = target().check().findings();

    assertThat(found).hasSize(3);
    assertThat(found.get(0).message()).contains("no standby");
    assertThat(found.get(1).what()).contains("The target is Milvus 2.6.1");
    assertThat(found.get(2).what()).contains("refused CreateDatabase, LoadCollection.");
    assertThat(found.get(2).severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(found).noneMatch(finding -> finding.cure().isEmpty());
  }

  @Test
  void theCheckLeavesNothingBehind() throws Exception {
    one.create(OneStandby.BOOKS);
    milvus.forgetCalls();
    Object before = milvus.catalog().get("default", "books");

    assertThat(target().check().findings()).isEmpty();
    assertThat(conflicts(target(), RowsOnTarget.ANY, OneStandby.BOOKS)).isEmpty();

    assertThat(milvus.replicated()).isEmpty();
    assertThat(milvus.catalog().get("default", "books")).isEqualTo(before);
    assertThat(milvus.catalog().collections()).hasSize(1);
    assertThat(milvus.catalog().databaseNames()).containsExactly("default");
  }

  @Test
  void itsClockIsReadInComparisonWithOurs() throws Exception {
    milvus.leadMillis(60_000);

    assertThat(target().check().leadMillis().orElseThrow()).isBetween(50_000L, 70_000L);
  }

  @Test
  void anOrdinaryMilvusIsKnownByItsCollectionsAndAStandbyIsNot() throws Exception {
    one.create(OneStandby.BOOKS);
    String collection = "collection " + milvus.catalog().get("default", "books").id();

    Inspection standby = target().check();
    milvus.standby(false);
    Inspection ordinary = target().check();

    assertThat(standby.identities()).hasSize(1).doesNotContain(collection);
    assertThat(ordinary.identities()).contains(collection).containsAll(standby.identities());
  }

  @Test
  void aCollectionOfTheSameNameAndAnotherSchemaIsToldWithTheDifference() throws Exception {
    one.create(OneStandby.BOOKS);
    CollectionEntry other =
        Entries.with(
            Entries.collection(2, "books", OneStandby.T + 1, "s-dml_0", "s-dml_1"),
            Entries.encoded(
                Entries.milvusSchema("books").toBuilder()
                    .addFields(FieldSchema.newBuilder().setFieldID(102).setName("price"))
                    .build(),
                false));
    CollectionEntry fine = Entries.collection(3, "others", OneStandby.T + 2, "s-dml_0");

    List<Finding> found = conflicts(target(), RowsOnTarget.NONE, other, fine);

    assertThat(found).hasSize(1).allMatch(Finding::isBlocking);
    assertThat(found.get(0).what()).contains("default.books", "price is missing on the target");
    assertThat(found.get(0).cure()).contains("Drop or rename it");
  }

  @Test
  void aCollectionWithFewerShardsIsTold() throws Exception {
    one.create(OneStandby.BOOKS);

    List<Finding> found =
        conflicts(
            target(),
            RowsOnTarget.NONE,
            Entries.collection(2, "books", OneStandby.T + 1, "s-dml_0"));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).what()).contains("2 shards on the target and 1 on the source");
  }

  @Test
  void rowsThatWouldDoubleAreToldToATaskFromTheBeginningOnly() throws Exception {
    one.create(OneStandby.BOOKS);

    assertThat(conflicts(target(), RowsOnTarget.ANY, OneStandby.BOOKS)).isEmpty();
    assertThat(conflicts(target(), RowsOnTarget.NONE, OneStandby.BOOKS)).hasSize(1);
    assertThat(conflicts(target(), RowsOnTarget.NONE, OneStandby.BOOKS).get(0).cure())
        .contains("positions of that task", "double");
  }
}
