package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Row;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.EveryType;
import io.milvus.cdc.testkit.Messages;
import io.milvus.cdc.transform.EventTransform;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;

/** Rows and keys through a transform. */
class TransformerTest {
  private static final CollectionEntry BOOKS = Entries.collection(1, "books", 5, "s-dml_0");
  private static final Long[] KEYS = {1L, 2L, 3L, 4L};

  private static Msg.InsertRequest message(int... rows) {
    Long[] keys = Arrays.stream(rows).mapToObj(Long::valueOf).toArray(Long[]::new);
    Msg.InsertRequest.Builder message =
        Messages.insert(BOOKS.shards().get(0), 1, 10, 77, keys).toBuilder().clearRowIDs();
    message.clearFieldsData().addFieldsData(Messages.integers("id", 100, List.of(keys)));
    for (int row : rows) {
      message.addRowIDs(row);
    }
    return message.addAllFieldsData(EveryType.columns(rows)).build();
  }

  private static DataEvent insert(Msg.InsertRequest message) {
    return new Insert(header(10, message.getTimestampsCount()), Payload.of(message.toByteArray()));
  }

  private static RowsHeader header(long partition, int rows) {
    return new RowsHeader(
        "s-dml_0", new Position("1:1"), 77, 1, partition, BOOKS.shards().get(0), rows, 0);
  }

  private static DataEvent apply(DataEvent event, UnaryOperator<InsertedRows> hook) {
    EventTransform transform =
        new EventTransform() {
          @Override
          public InsertedRows insert(InsertedRows rows) {
            return hook.apply(rows);
          }
        };
    return new Transformer(transform).apply(event, "default", BOOKS);
  }

  private static Msg.InsertRequest sent(DataEvent event) throws Exception {
    return Msg.InsertRequest.parseFrom(event.payload().bytes());
  }

  @Test
  void whatIsNotLookedIntoIsNotReadAndStaysTheSame() {
    AtomicInteger reads = new AtomicInteger();
    byte[] body = message(1, 2).toByteArray();
    Payload counted =
        new Payload() {
          @Override
          public int size() {
            return body.length;
          }

          @Override
          public byte[] bytes() {
            reads.incrementAndGet();
            return body;
          }
        };
    DataEvent insert = new Insert(header(10, 2), counted);
    DataEvent delete = new Delete(header(-1, 2), counted);

    assertThat(
            apply(
                insert,
                rows -> {
                  assertThat(rows.database() + "." + rows.collection()).isEqualTo("default.books");
                  assertThat(rows.partition()).isEqualTo("_default");
                  assertThat(rows.timestamp().value()).isEqualTo(77);
                  assertThat(rows.count()).isEqualTo(2);
                  return rows;
                }))
        .isSameAs(insert);
    assertThat(apply(insert, InsertedRows::none)).isNull();
    assertThat(apply(delete, rows -> rows)).isSameAs(delete);
    assertThat(reads).hasValue(0);
  }

  @Test
  void aSubsetOfRowsKeepsTheValuesOfEveryType() throws Exception {
    DataEvent after = apply(insert(message(1, 2, 3, 4)), r -> r.where(row -> !isOdd(row.key())));

    assertThat(after.header().rows()).isEqualTo(2);
    assertThat(sent(after)).isEqualTo(message(2, 4));
  }

  private static boolean isOdd(Object key) {
    return (Long) key % 2 == 1;
  }

  @Test
  void allRowsAreTheSameEvent() {
    DataEvent before = insert(message(1, 2));

    assertThat(apply(before, rows -> rows.where(row -> true))).isSameAs(before);
    assertThat(apply(before, rows -> rows.where(row -> false))).isNull();
  }

  @Test
  void valuesAreShownAsJavasOwn() {
    apply(
        insert(message(2, 3)),
        rows -> {
          Row row = rows.row(1);
          assertThat(row.key()).isEqualTo(3L);
          assertThat(row.value("Bool")).isEqualTo(false);
          assertThat(row.value("Int8")).isEqualTo(3);
          assertThat(row.value("Int64")).isEqualTo(3L);
          assertThat(row.value("Float")).isEqualTo(0.375f);
          assertThat(row.value("Double")).isEqualTo(0.375);
          assertThat(row.text("VarChar")).isEqualTo("text3");
          assertThat(row.value("JSON")).isEqualTo("{\"n\":3}");
          assertThat(row.value("Array")).isEqualTo(List.of(0L, 1L, 2L));
          assertThat((float[]) row.value("FloatVector")).startsWith(30, 31).hasSize(8);
          assertThat((byte[]) row.value("BinaryVector")).containsExactly(3);
          assertThat((byte[]) row.value("Float16Vector")).hasSize(16);
          assertThat(rows.fields()).contains("id", "VarChar", "SparseFloatVector");
          return rows;
        });
  }

  @Test
  void plainValuesCanBeReplacedAndNothingElseChanges() throws Exception {
    DataEvent after =
        apply(
            insert(message(1, 2, 3)),
            rows ->
                rows.where(row -> !row.key().equals(2L))
                    .replace("Bool", row -> true)
                    .replace("Int8", row -> -1)
                    .replace("Int64", row -> (Long) row.key() + 100)
                    .replace("Float", row -> 0.5)
                    .replace("Double", row -> 7)
                    .replace("VarChar", row -> row.text("VarChar").substring(0, 2) + "***")
                    .replace("JSON", row -> "{}"));
    Msg.InsertRequest.Builder wanted = message(1, 3).toBuilder();
    wanted
        .getFieldsDataBuilder(1)
        .getScalarsBuilder()
        .setBoolData(BoolArray.newBuilder().addData(true).addData(true));
    wanted
        .getFieldsDataBuilder(2)
        .getScalarsBuilder()
        .setIntData(IntArray.newBuilder().addData(-1).addData(-1));
    wanted
        .getFieldsDataBuilder(5)
        .getScalarsBuilder()
        .setLongData(LongArray.newBuilder().addData(101).addData(103));
    wanted
        .getFieldsDataBuilder(6)
        .getScalarsBuilder()
        .setFloatData(FloatArray.newBuilder().addData(0.5f).addData(0.5f));
    wanted
        .getFieldsDataBuilder(7)
        .getScalarsBuilder()
        .setDoubleData(DoubleArray.newBuilder().addData(7).addData(7));
    wanted.setFieldsData(8, Messages.strings("VarChar", 108, List.of("te***", "te***")));
    wanted
        .getFieldsDataBuilder(9)
        .getScalarsBuilder()
        .setJsonData(
            JSONArray.newBuilder()
                .addData(ByteString.copyFromUtf8("{}"))
                .addData(ByteString.copyFromUtf8("{}")));

    assertThat(sent(after)).isEqualTo(wanted.build());
  }

  @Test
  void whatAFieldCannotHoldIsRefused() {
    DataEvent before = insert(message(1, 2));

    assertThatThrownBy(() -> apply(before, rows -> rows.replace("Int8", row -> 128)))
        .hasMessageContaining("Int8");
    assertThatThrownBy(() -> apply(before, rows -> rows.replace("VarChar", row -> 1)))
        .hasMessageContaining("VarChar");
    assertThatThrownBy(() -> apply(before, rows -> rows.replace("VarChar", row -> null)))
        .hasMessageContaining("null");
    assertThatThrownBy(() -> apply(before, rows -> rows.replace("FloatVector", row -> 1)))
        .hasMessageContaining("FloatVector");
    assertThatThrownBy(() -> apply(before, rows -> rows.replace("nowhere", row -> 1)))
        .hasMessageContaining("nowhere")
        .hasMessageContaining("VarChar");
  }

  @Test
  void keysCannotBeReplaced() {
    assertThatThrownBy(() -> apply(insert(message(1)), rows -> rows.replace("id", row -> 5L)))
        .hasMessageContaining("default.books");
    CollectionEntry byName =
        Entries.with(
            BOOKS,
            Entries.encoded(
                Entries.milvusSchema("books").toBuilder()
                    .addFields(
                        FieldSchema.newBuilder()
                            .setFieldID(108)
                            .setName("VarChar")
                            .setIsPartitionKey(true))
                    .build(),
                true));
    EventTransform mask =
        new EventTransform() {
          @Override
          public InsertedRows insert(InsertedRows rows) {
            return rows.replace("VarChar", row -> "x");
          }
        };
    assertThatThrownBy(() -> new Transformer(mask).apply(insert(message(1)), "default", byName))
        .hasMessageContaining("partition key");
  }

  @Test
  void nullsOfLaterVersionsAreKeptAndCanBeMade() throws Exception {
    Msg.InsertRequest.Builder message = message(1, 2, 3).toBuilder();
    message.getFieldsDataBuilder(8).addAllValidData(List.of(true, false, true));
    DataEvent after =
        apply(
            insert(message.build()),
            rows -> {
              assertThat(rows.row(1).value("VarChar")).isNull();
              assertThat(rows.row(1).text("VarChar")).isEmpty();
              return rows.where(row -> !row.key().equals(1L))
                  .replace("VarChar", row -> row.key().equals(3L) ? null : row.value("VarChar"));
            });

    assertThat(sent(after).getFieldsData(8).getValidDataList()).containsExactly(false, false);
  }

  @Test
  void aMessageThatCannotBeTakenApartThrowsOnlyWhenItIsLookedInto() {
    byte[] body = Messages.garbledInsert(BOOKS.shards().get(0), 1, 10, 77);
    DataEvent garbled = new Insert(header(10, 1), Payload.of(body));

    assertThat(apply(garbled, rows -> rows)).isSameAs(garbled);
    assertThatThrownBy(() -> apply(garbled, rows -> rows.where(row -> row.key() == null)))
        .hasMessageContaining("decode");
  }

  @Test
  void someKeysOfADeleteCanBeLeftOut() throws Exception {
    Msg.DeleteRequest message = Messages.delete(BOOKS.shards().get(0), 1, -1, 77, KEYS);
    DataEvent before = new Delete(header(-1, 4), Payload.of(message.toByteArray()));
    EventTransform odd =
        new EventTransform() {
          @Override
          public DeletedKeys delete(DeletedKeys keys) {
            assertThat(keys.partition()).isEmpty();
            return keys.where(TransformerTest::isOdd);
          }
        };
    DataEvent after = new Transformer(odd).apply(before, "default", BOOKS);

    assertThat(after.header().rows()).isEqualTo(2);
    assertThat(Msg.DeleteRequest.parseFrom(after.payload().bytes()))
        .isEqualTo(Messages.delete(BOOKS.shards().get(0), 1, -1, 77, 1L, 3L));
  }

  @Test
  void otherRowsThanItWasGivenAreRefused() {
    List<InsertedRows> first = new ArrayList<>();
    apply(
        insert(message(1)),
        rows -> {
          first.add(rows);
          return rows;
        });
    DataEvent other =
        new Insert(
            new RowsHeader("s-dml_0", new Position("1:2"), 78, 1, 10, "s", 1, 0),
            Payload.of(message(2).toByteArray()));

    assertThatThrownBy(() -> apply(other, rows -> first.get(0)))
        .hasMessageContaining("must return its input");
  }
}
