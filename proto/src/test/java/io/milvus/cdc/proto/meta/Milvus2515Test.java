package io.milvus.cdc.proto.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.grpc.KeyValuePair;
import org.junit.jupiter.api.Test;

/** Values made by the Go packages of Milvus 2.5.15, from made-up names and ids. */
class Milvus2515Test {

  private static final Golden ETCD = Golden.of("milvus-2.5.15-etcd.txt");
  private static final long CREATED = 449999999999999999L;

  @Test
  void readsACollection() throws Exception {
    CollectionInfo collection = CollectionInfo.parseFrom(ETCD.value("etcd.CollectionInfo"));

    assertThat(collection.getId()).isEqualTo(1001);
    assertThat(collection.getDatabaseId()).isEqualTo(1);
    assertThat(collection.getSchema().getName()).isEqualTo("c");
    assertThat(collection.getSchema().getDescription()).isEqualTo("d");
    assertThat(collection.getState()).isEqualTo(CollectionState.COLLECTION_STATE_CREATED);
    assertThat(collection.getCreateTime()).isEqualTo(CREATED);
    assertThat(collection.getVirtualChannelNamesList())
        .containsExactly("by-dev-rootcoord-dml_0_1001v0");
    assertThat(collection.getPropertiesList())
        .containsExactly(
            KeyValuePair.newBuilder().setKey("collection.ttl.seconds").setValue("3600").build());
    assertThat(collection.getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void readsADatabase() throws Exception {
    DatabaseInfo database = DatabaseInfo.parseFrom(ETCD.value("etcd.DatabaseInfo"));

    assertThat(database.getId()).isEqualTo(1);
    assertThat(database.getName()).isEqualTo("default");
    assertThat(database.getState()).isEqualTo(DatabaseState.DATABASE_STATE_CREATED);
  }

  @Test
  void readsAPartition() throws Exception {
    PartitionInfo partition = PartitionInfo.parseFrom(ETCD.value("etcd.PartitionInfo"));

    assertThat(partition.getId()).isEqualTo(1002);
    assertThat(partition.getName()).isEqualTo("_default");
    assertThat(partition.getCollectionId()).isEqualTo(1001);
    assertThat(partition.getCreateTime()).isEqualTo(CREATED);
    assertThat(partition.getState()).isEqualTo(PartitionState.PARTITION_STATE_CREATED);
  }

  @Test
  void readsAnAlias() throws Exception {
    AliasInfo alias = AliasInfo.parseFrom(ETCD.value("etcd.AliasInfo"));

    assertThat(alias.getName()).isEqualTo("a");
    assertThat(alias.getCollectionId()).isEqualTo(1001);
    assertThat(alias.getDatabaseId()).isEqualTo(1);
    assertThat(alias.getState()).isEqualTo(AliasState.ALIAS_STATE_CREATED);
  }
}
