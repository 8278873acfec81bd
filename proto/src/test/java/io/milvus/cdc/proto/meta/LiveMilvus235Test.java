package io.milvus.cdc.proto.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.KeyDataPair;
import io.milvus.grpc.KeyValuePair;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values read from the etcd of a running Milvus 2.3.5, which held one collection, "c1". */
class LiveMilvus235Test {

  private static final Golden ETCD = Golden.of("milvus-2.3.5-etcd.txt");
  private static final long COLLECTION = 470665666370208544L;
  private static final long INDEX = 470665666370408560L;

  @Test
  void readsACollection() throws Exception {
    CollectionInfo collection = CollectionInfo.parseFrom(ETCD.value("/collection-info/"));

    assertThat(collection.getId()).isEqualTo(COLLECTION);
    assertThat(collection.getDatabaseId()).isEqualTo(1);
    assertThat(collection.getState()).isEqualTo(CollectionState.COLLECTION_STATE_CREATED);
    assertThat(collection.getCreateTime()).isEqualTo(470665707992383493L);
    assertThat(collection.getConsistencyLevel()).isEqualTo(ConsistencyLevel.Bounded);
    assertThat(collection.getUpdateTime()).isZero();
    assertThat(collection.getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void findsTheNameInTheSchemaButNoFields() throws Exception {
    CollectionInfo collection = CollectionInfo.parseFrom(ETCD.value("/collection-info/"));

    assertThat(collection.getSchema().getName()).isEqualTo("c1");
    assertThat(collection.getSchema().getEnableDynamicField()).isTrue();
    assertThat(collection.getSchema().getFieldsList()).isEmpty();
  }

  @Test
  void findsTheStartPositionOfEachPhysicalChannel() throws Exception {
    CollectionInfo collection = CollectionInfo.parseFrom(ETCD.value("/collection-info/"));

    assertThat(collection.getShardsNum()).isEqualTo(2);
    assertThat(collection.getPhysicalChannelNamesList())
        .containsExactly("by-dev-rootcoord-dml_0", "by-dev-rootcoord-dml_1");
    assertThat(collection.getVirtualChannelNamesList())
        .containsExactly(
            "by-dev-rootcoord-dml_0_" + COLLECTION + "v0",
            "by-dev-rootcoord-dml_1_" + COLLECTION + "v1");
    assertThat(collection.getStartPositionsList())
        .containsExactly(
            position("by-dev-rootcoord-dml_0", "0100e00bee238806"),
            position("by-dev-rootcoord-dml_1", "0200e00bee238806"));
  }

  @Test
  void readsADatabaseWhoseTimeIsInUnixNanoseconds() throws Exception {
    DatabaseInfo database = DatabaseInfo.parseFrom(ETCD.value("/db-info/"));

    assertThat(database.getId()).isEqualTo(1);
    assertThat(database.getName()).isEqualTo("default");
    assertThat(database.getState()).isEqualTo(DatabaseState.DATABASE_STATE_CREATED);
    assertThat(database.getCreateTime()).isEqualTo(1795447030530583912L);
  }

  @Test
  void readsAPartition() throws Exception {
    PartitionInfo partition = PartitionInfo.parseFrom(ETCD.value("/partitions/"));

    assertThat(partition.getId()).isEqualTo(470665666370208548L);
    assertThat(partition.getName()).isEqualTo("p1");
    assertThat(partition.getCollectionId()).isEqualTo(COLLECTION);
    assertThat(partition.getState()).isEqualTo(PartitionState.PARTITION_STATE_CREATED);
    assertThat(partition.getCreateTime()).isEqualTo(470665708005490692L);
  }

  @Test
  void readsAnAlias() throws Exception {
    AliasInfo alias = AliasInfo.parseFrom(ETCD.value("/aliases/"));

    assertThat(alias.getName()).isEqualTo("al1");
    assertThat(alias.getCollectionId()).isEqualTo(COLLECTION);
    assertThat(alias.getDatabaseId()).isEqualTo(1);
    assertThat(alias.getState()).isEqualTo(AliasState.ALIAS_STATE_CREATED);
  }

  @Test
  void readsAnIndex() throws Exception {
    FieldIndex fieldIndex = FieldIndex.parseFrom(ETCD.value("/field-index/"));
    IndexInfo index = fieldIndex.getIndexInfo();

    assertThat(fieldIndex.getDeleted()).isFalse();
    assertThat(index.getId()).isEqualTo(INDEX);
    assertThat(index.getName()).isEqualTo("vec");
    assertThat(index.getCollectionId()).isEqualTo(COLLECTION);
    assertThat(index.getFieldId()).isEqualTo(101);
    assertThat(index.getAutoIndex()).isFalse();
    assertThat(index.getTypeParamsList()).containsExactly(pair("dim", "2"));
    assertThat(index.getIndexParamsList())
        .containsExactly(pair("index_type", "FLAT"), pair("metric_type", "L2"));
    assertThat(index.getUserIndexParamsList()).isEqualTo(index.getIndexParamsList());
  }

  @Test
  void readsALoadedCollection() throws Exception {
    CollectionLoadInfo load =
        CollectionLoadInfo.parseFrom(ETCD.value("/querycoord-collection-loadinfo/"));

    assertThat(load.getCollectionId()).isEqualTo(COLLECTION);
    assertThat(load.getReplicaNumber()).isEqualTo(1);
    assertThat(load.getStatus()).isEqualTo(LoadStatus.LOAD_STATUS_LOADED);
    assertThat(load.getLoadType()).isEqualTo(LoadType.LOAD_TYPE_COLLECTION);
    assertThat(load.getFieldIndexesMap()).containsOnly(Map.entry(101L, INDEX));
  }

  private static KeyDataPair position(String channel, String messageId) {
    ByteString data = ByteString.copyFrom(HexFormat.of().parseHex(messageId));
    return KeyDataPair.newBuilder().setKey(channel).setData(data).build();
  }

  private static KeyValuePair pair(String key, String value) {
    return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
  }
}
