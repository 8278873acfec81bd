package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.catalog.Load;
import io.milvus.cdc.testkit.Golden;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The catalog as Milvus 2.4 and 2.5 keep it, out of bytes that their own code wrote. */
class GoldenVersionsTest {
  private static final String META = "by-dev/meta/";
  private static final Golden OF25 = Golden.of("milvus-2.5.txt");
  private static final Catalog CATALOG = catalog();
  private static final CollectionEntry DOCS = CATALOG.collections().get(2001L);

  private static Catalog catalog() {
    CatalogState state = new CatalogState();
    OF25.values()
        .forEach(
            (key, value) -> {
              if (key.startsWith(META)) {
                state.apply(key.substring(META.length()), ByteString.copyFrom(value));
              }
            });
    return state.catalog();
  }

  private static CollectionSchema schema() throws Exception {
    return CollectionSchema.parseFrom(Base64.getDecoder().decode(DOCS.schema().encoded()));
  }

  private static FieldSchema written(Golden golden, String key) throws Exception {
    return FieldSchema.parseFrom(golden.value(META + "root-coord/fields/" + key));
  }

  @Test
  void databaseHasItsProperties() {
    assertThat(CATALOG.databases().get(7L).name()).isEqualTo("shop");
    assertThat(CATALOG.databases().get(7L).properties())
        .isEqualTo(Map.of("database.replica.number", "2", "database.max.collections", "50"));
  }

  @Test
  void collectionHasItsPropertiesPartitionsAndAlias() {
    assertThat(DOCS.name()).isEqualTo("docs");
    assertThat(DOCS.databaseId()).isEqualTo(7);
    assertThat(DOCS.consistency()).isEqualTo("Strong");
    assertThat(DOCS.properties())
        .isEqualTo(
            Map.of(
                "partitionkey.isolation", "true",
                "mmap.enabled", "true",
                "collection.ttl.seconds", "3600"));
    assertThat(DOCS.partitions().values())
        .extracting(partition -> partition.name())
        .containsExactlyInAnyOrder("_default_0", "_default_1");
    assertThat(CATALOG.aliases().get(new AliasName(7, "papers")).collectionId()).isEqualTo(2001);
  }

  @Test
  void everyFieldOfTheUserIsTheOneThatMilvusWrote() throws Exception {
    assertThat(schema().getEnableDynamicField()).isTrue();
    assertThat(schema().getFieldsList())
        .extracting(FieldSchema::getName)
        .containsExactly("id", "text", "sparse", "half", "brain", "price", "tenant", "day", "tags");
    for (FieldSchema field : schema().getFieldsList()) {
      FieldSchema before = written(OF25, "2001/" + field.getFieldID());
      assertThat(field).isEqualTo(before);
      assertThat(before.getUnknownFields().asMap()).isEmpty();
    }
  }

  @Test
  void traitsThatCameWith24And25AreThere() throws Exception {
    Map<String, FieldSchema> fields =
        schema().getFieldsList().stream()
            .collect(java.util.stream.Collectors.toMap(FieldSchema::getName, field -> field));

    assertThat(fields.get("sparse").getDataType()).isEqualTo(DataType.SparseFloatVector);
    assertThat(fields.get("sparse").getIsFunctionOutput()).isTrue();
    assertThat(fields.get("half").getDataType()).isEqualTo(DataType.Float16Vector);
    assertThat(fields.get("brain").getDataType()).isEqualTo(DataType.BFloat16Vector);
    assertThat(fields.get("price").getNullable()).isTrue();
    assertThat(fields.get("price").getDefaultValue().getFloatData()).isEqualTo(1.5f);
    assertThat(fields.get("tags").getNullable()).isTrue();
    assertThat(fields.get("day").getIsClusteringKey()).isTrue();
    assertThat(DOCS.schema().partitionKey()).isTrue();
    assertThat(DOCS.schema().primaryKeyField()).isEqualTo(100);
  }

  @Test
  void functionsAreOfTheSchema() throws Exception {
    assertThat(schema().getFunctionsList())
        .singleElement()
        .isEqualTo(FunctionSchema.parseFrom(OF25.value(META + "root-coord/functions/2001/100")));
    FunctionSchema words = schema().getFunctions(0);
    assertThat(words.getType()).isEqualTo(FunctionType.BM25);
    assertThat(words.getInputFieldNamesList()).containsExactly("text");
    assertThat(words.getOutputFieldNamesList()).containsExactly("sparse");
    assertThat(words.getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void indexIsTheOneThatTheUserAskedFor() {
    assertThat(CATALOG.serving(2001).indexes())
        .containsExactly(
            new IndexEntry(
                "words",
                "sparse",
                Map.of("index_type", "AUTOINDEX", "metric_type", "BM25", "mmap.enabled", "true")));
  }

  @Test
  void loadIsOfTheOnePartition() {
    assertThat(CATALOG.serving(2001).load()).isEqualTo(new Load(false, Set.of(2003L), 2));
  }

  @Test
  void fieldsOf24AreRead() throws Exception {
    Golden of24 = Golden.of("milvus-2.4.txt");
    List<DataType> types = new java.util.ArrayList<>();
    for (int field = 100; field <= 104; field++) {
      types.add(written(of24, "1501/" + field).getDataType());
    }

    assertThat(types)
        .containsExactly(
            DataType.Int64,
            DataType.Float16Vector,
            DataType.BFloat16Vector,
            DataType.SparseFloatVector,
            DataType.Int64);
    assertThat(written(of24, "1501/104").getIsClusteringKey()).isTrue();
  }

  /** What a 2.5 target makes of it is for that to say; here it is not changed. */
  @Test
  void typeThatCameLaterIsHandedOnAsItIs() throws Exception {
    FieldSchema small = written(Golden.of("milvus-2.6.txt"), "2601/101");

    assertThat(small.getDataType()).isEqualTo(DataType.Int8Vector);
  }
}
