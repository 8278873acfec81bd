package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.catalog.Load;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.proto.meta.CollectionInfo;
import io.milvus.cdc.proto.meta.CollectionLoadInfo;
import io.milvus.cdc.proto.meta.FieldIndex;
import io.milvus.cdc.proto.meta.IndexInfo;
import io.milvus.cdc.proto.meta.LoadStatus;
import io.milvus.cdc.proto.meta.LoadType;
import io.milvus.cdc.proto.meta.PartitionInfo;
import io.milvus.cdc.proto.meta.PartitionLoadInfo;
import io.milvus.cdc.testkit.Golden;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Indexes and loads among the other keys. */
class ServingStateTest {
  private static final String META = "by-dev/meta/";
  private final CatalogState state = new CatalogState();

  @BeforeEach
  void create() {
    put("root-coord/fields/1/101", FieldSchema.newBuilder().setFieldID(101).setName("vec").build());
    for (long id : new long[] {10, 11}) {
      put("root-coord/partitions/1/" + id, PartitionInfo.newBuilder().setId(id).build());
    }
    put(
        "root-coord/database/collection-info/1/1",
        CollectionInfo.newBuilder()
            .setId(1)
            .setDatabaseId(1)
            .setSchema(CollectionSchema.newBuilder().setName("books"))
            .build());
  }

  private void put(String key, Message value) {
    state.apply(key, value.toByteString());
  }

  private void putIndex(long id, String name, boolean deleted) {
    put(
        "field-index/1/" + id,
        FieldIndex.newBuilder()
            .setDeleted(deleted)
            .setIndexInfo(
                IndexInfo.newBuilder()
                    .setId(id)
                    .setCollectionId(1)
                    .setFieldId(101)
                    .setName(name)
                    .addIndexParams(pair("index_type", "HNSW"))
                    .addUserIndexParams(pair("index_type", "AUTOINDEX")))
            .build());
  }

  private static KeyValuePair pair(String key, String value) {
    return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
  }

  private void putLoad(LoadType type, LoadStatus status) {
    put(
        "querycoord-collection-loadinfo/1",
        CollectionLoadInfo.newBuilder()
            .setCollectionId(1)
            .setReplicaNumber(2)
            .setLoadType(type)
            .setStatus(status)
            .build());
  }

  private void putLoadedPartition(long id) {
    put(
        "querycoord-partition-loadinfo/1/" + id,
        PartitionLoadInfo.newBuilder().setCollectionId(1).setPartitionId(id).build());
  }

  private Serving serving() {
    return state.catalog().serving(1);
  }

  @Test
  void readsALiveIndexAndLoadOf235() {
    CatalogState live = new CatalogState();
    Golden.of("milvus-2.3.5-etcd.txt")
        .values()
        .forEach(
            (key, value) -> {
              if (key.startsWith(META)) {
                live.apply(key.substring(META.length()), ByteString.copyFrom(value));
              }
            });

    assertThat(live.catalog().servings().values())
        .containsExactly(
            new Serving(
                List.of(
                    new IndexEntry(
                        "vec", "vec", Map.of("index_type", "FLAT", "metric_type", "L2"))),
                // The golden keys leave out those of the partitions' loads.
                Load.NONE));
  }

  @Test
  void anIndexHasTheParametersOfTheUserAndNotThoseOfTheServer() {
    putIndex(7, "mine", false);

    assertThat(serving().indexes())
        .containsExactly(new IndexEntry("mine", "vec", Map.of("index_type", "AUTOINDEX")));
  }

  @Test
  void aDroppedIndexIsGoneBeforeItsKeyIs() {
    putIndex(7, "mine", false);
    putIndex(7, "mine", true);
    assertThat(serving()).isEqualTo(Serving.NONE);

    state.apply("field-index/1/7", null);
    assertThat(serving()).isEqualTo(Serving.NONE);
  }

  @Test
  void aWholeCollectionThatBeginsToLoadCountsAllItsPartitions() {
    putLoad(LoadType.LOAD_TYPE_COLLECTION, LoadStatus.LOAD_STATUS_LOADING);
    putLoadedPartition(10);

    assertThat(serving().load()).isEqualTo(new Load(true, Set.of(10L, 11L), 2));
  }

  @Test
  void ofALoadedCollectionSinglePartitionsMayHaveBeenReleased() {
    putLoad(LoadType.LOAD_TYPE_COLLECTION, LoadStatus.LOAD_STATUS_LOADED);
    putLoadedPartition(10);
    putLoadedPartition(11);
    state.apply("querycoord-partition-loadinfo/1/11", null);

    assertThat(serving().load()).isEqualTo(new Load(true, Set.of(10L), 2));
  }

  @Test
  void loadedPartitionsAreThoseThatAreListed() {
    putLoad(LoadType.LOAD_TYPE_PARTITION, LoadStatus.LOAD_STATUS_LOADING);
    putLoadedPartition(11);

    assertThat(serving().load()).isEqualTo(new Load(false, Set.of(11L), 2));
  }

  @Test
  void aReleaseIsTheEndOfTheKeys() {
    putLoad(LoadType.LOAD_TYPE_COLLECTION, LoadStatus.LOAD_STATUS_LOADED);
    putLoadedPartition(10);
    state.apply("querycoord-collection-loadinfo/1", null);
    state.apply("querycoord-partition-loadinfo/1/10", null);

    assertThat(serving()).isEqualTo(Serving.NONE);
  }
}
