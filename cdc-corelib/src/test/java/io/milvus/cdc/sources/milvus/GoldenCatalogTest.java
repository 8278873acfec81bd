package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.testkit.Golden;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The catalog out of bytes that real Milvus wrote. */
class GoldenCatalogTest {
  private static final String META = "by-dev/meta/";
  private static final long COLLECTION = 470665666370208544L;

  private static CatalogState live235() {
    CatalogState state = new CatalogState();
    Golden.of("milvus-2.3.5-etcd.txt")
        .values()
        .forEach(
            (key, value) -> {
              if (key.startsWith(META)) {
                state.apply(key.substring(META.length()), ByteString.copyFrom(value));
              }
            });
    return state;
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  @Test
  void readsALiveCollection() {
    CollectionEntry entry = live235().catalog().collections().get(COLLECTION);

    assertThat(entry.name()).isEqualTo("c1");
    assertThat(entry.databaseId()).isEqualTo(1);
    assertThat(entry.createdAt()).isEqualTo(470665707992383493L);
    assertThat(entry.dropped()).isFalse();
    assertThat(entry.consistency()).isEqualTo("Bounded");
    assertThat(entry.channels())
        .containsExactly("by-dev-rootcoord-dml_0", "by-dev-rootcoord-dml_1");
    assertThat(entry.shardOf("by-dev-rootcoord-dml_1_" + COLLECTION + "v1")).isEqualTo(1);
    assertThat(entry.shardOf("by-dev-rootcoord-dml_1")).isEqualTo(-1);
  }

  @Test
  void knowsWhereEachChannelBegins() {
    assertThat(live235().catalog().collections().get(COLLECTION).startPositions())
        .isEqualTo(
            Map.of(
                "by-dev-rootcoord-dml_0", base64("0100e00bee238806"),
                "by-dev-rootcoord-dml_1", base64("0200e00bee238806")));
  }

  @Test
  void theDynamicFieldIsATraitAndNoField() throws Exception {
    CollectionEntry entry = live235().catalog().collections().get(COLLECTION);
    CollectionSchema schema =
        CollectionSchema.parseFrom(Base64.getDecoder().decode(entry.schema().encoded()));

    assertThat(schema.getEnableDynamicField()).isTrue();
    assertThat(schema.getFieldsList()).extracting(FieldSchema::getName).containsExactly("vec");
  }

  @Test
  void readsALivePartition() {
    assertThat(live235().catalog().collections().get(COLLECTION).partitions())
        .isEqualTo(
            Map.of(
                470665666370208548L,
                new PartitionEntry(470665666370208548L, "p1", 470665708005490692L, 0)));
  }

  @Test
  void readsTheDefaultDatabase() {
    DatabaseEntry database = live235().catalog().databases().get(1L);

    assertThat(database.name()).isEqualTo("default");
    assertThat(database.dropped()).isFalse();
    assertThat(Timestamps.millis(database.createdAt())).isEqualTo(1795447030530L);
  }

  @Test
  void readsTheCollectionOf25WithItsPropertiesAndStartPosition() {
    CatalogState state = new CatalogState();
    Golden golden = Golden.of("milvus-2.5.15-etcd.txt");
    state.apply(
        "root-coord/fields/1001/100", ByteString.copyFrom(golden.value("schema.FieldSchema")));
    state.apply(
        "root-coord/database/collection-info/1/1001",
        ByteString.copyFrom(golden.value("etcd.CollectionInfo")));
    state.apply(
        "root-coord/partitions/1001/1002", ByteString.copyFrom(golden.value("etcd.PartitionInfo")));
    CollectionEntry entry = state.catalog().collections().get(1001L);

    assertThat(entry.name()).isEqualTo("c");
    assertThat(entry.createdAt()).isEqualTo(449999999999999999L);
    assertThat(entry.properties()).isEqualTo(Map.of("collection.ttl.seconds", "3600"));
    assertThat(entry.startPositions())
        .isEqualTo(Map.of("by-dev-rootcoord-dml_0", base64("0805100a18002000")));
    assertThat(entry.schema().primaryKeyField()).isEqualTo(100);
    assertThat(entry.partitions().get(1002L).name()).isEqualTo("_default");
  }
}
