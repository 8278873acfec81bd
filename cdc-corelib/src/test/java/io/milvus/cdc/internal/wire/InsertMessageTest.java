package io.milvus.cdc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.milvus.cdc.testkit.Golden;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsertMessageTest {
  private static final byte[] GOLDEN = Golden.of("messages.txt").value("msgstream_insert");
  private static final long TIME = 449999999999999999L;
  private static final Address TO =
      new Address("t-dml_3", "t-dml_3_99v1", "shop", "orders", 99, "2024", 990);

  @Test
  void readsTheEnvelopeOfWhatMilvusWrote() throws Exception {
    InsertMessage message = InsertMessage.parse(GOLDEN);

    assertThat(message.shard()).isEqualTo("by-dev-rootcoord-dml_0_1001v0");
    assertThat(message.collectionId()).isEqualTo(1001);
    assertThat(message.partitionId()).isEqualTo(1002);
    assertThat(message.timestamp()).isEqualTo(TIME);
    assertThat(message.rows()).isEqualTo(2);
  }

  @Test
  void rewritingChangesTheAddressAndTheMessageIdAndNothingElse() throws Exception {
    Msg.InsertRequest before = Msg.InsertRequest.parseFrom(GOLDEN);

    Msg.InsertRequest after =
        Msg.InsertRequest.parseFrom(InsertMessage.parse(GOLDEN).rewrite(TO, 555, TIME));

    assertThat(after).isEqualTo(readdressed(before, 555, TIME));
  }

  /** What a rewritten message must be equal to: our segment and database ids mean nothing there. */
  static Msg.InsertRequest readdressed(Msg.InsertRequest message, long id, long timestamp) {
    return message.toBuilder()
        .setBase(Messages.base(MsgType.Insert, id, timestamp).toBuilder().clearSourceID())
        .setShardName(TO.shard())
        .setDbName(TO.database())
        .setCollectionName(TO.collection())
        .setPartitionName(TO.partition())
        .clearDbID()
        .setCollectionID(TO.collectionId())
        .setPartitionID(TO.partitionId())
        .clearSegmentID()
        .clearTimestamps()
        .addAllTimestamps(Collections.nCopies(message.getTimestampsCount(), timestamp))
        .build();
  }

  static Address to() {
    return TO;
  }

  @ParameterizedTest
  @ValueSource(strings = {"milvus-2.4.txt", "milvus-2.5.txt", "milvus-2.6.txt"})
  void rowsOfLaterVersionsKeepEveryColumnAndNull(String file) throws Exception {
    byte[] body = Golden.of(file).value("insert");
    Msg.InsertRequest before = Msg.InsertRequest.parseFrom(body);

    for (long time : new long[] {before.getTimestamps(0), TIME}) {
      Msg.InsertRequest after =
          Msg.InsertRequest.parseFrom(InsertMessage.parse(body).rewrite(TO, 5, time));
      assertThat(after).isEqualTo(readdressed(before, 5, time));
    }
  }

  @Test
  void fieldsThatNobodyKnowsYetAreKept() throws Exception {
    byte[] news = {(byte) 0x82, 0x01, 2, 'n', 's', (byte) 0x98, 0x06, 7};
    byte[] body = ByteString.copyFrom(GOLDEN).concat(ByteString.copyFrom(news)).toByteArray();

    byte[] after = InsertMessage.parse(body).rewrite(TO, 5, TIME + 1).toByteArray();

    assertThat(Arrays.copyOfRange(after, after.length - news.length, after.length)).isEqualTo(news);
  }

  @ParameterizedTest
  @CsvSource({
    "messages.txt,msgstream_insert",
    "milvus-2.4.txt,insert",
    "milvus-2.5.txt,insert",
    "milvus-2.5.txt,insert_sparse",
    "milvus-2.6.txt,insert"
  })
  void everyColumnKeepsItsVeryBytes(String file, String name) throws Exception {
    byte[] before = Golden.of(file).value(name);
    byte[] after = InsertMessage.parse(before).rewrite(TO, 1, TIME).toByteArray();

    // Go writes a column's fields in another order than Java would.
    CodedInputStream input = CodedInputStream.newInstance(before);
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      int start = input.getTotalBytesRead();
      input.skipField(tag);
      if (WireFormat.getTagFieldNumber(tag) == 13) {
        byte[] column = Arrays.copyOfRange(before, start, input.getTotalBytesRead());
        assertThat(indexOf(after, column)).isPositive();
      }
    }
  }

  private static int indexOf(byte[] all, byte[] part) {
    return Collections.indexOfSubList(boxed(all), boxed(part));
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> list = new ArrayList<>();
    for (byte one : bytes) {
      list.add(one);
    }
    return list;
  }

  @Test
  void restampingMovesEveryRow() throws Exception {
    Msg.InsertRequest after =
        Msg.InsertRequest.parseFrom(InsertMessage.parse(GOLDEN).rewrite(TO, 1, TIME + 5));

    assertThat(after.getTimestampsList()).containsExactly(TIME + 5, TIME + 5);
    assertThat(after.getBase().getTimestamp()).isEqualTo(TIME + 5);
    assertThat(after.getFieldsDataCount()).isEqualTo(3);
  }

  @Test
  void findsKeysThatAreStrings() throws Exception {
    byte[] body =
        Messages.insert("c_1v0", 1, 10, 50, 2, Messages.strings("id", 100, List.of("a", "é")))
            .toByteArray();

    assertThat(InsertMessage.parse(body).keys(100).getStrId().getDataList())
        .containsExactly("a", "é");
  }

  @Test
  void findsTheKeysThatMilvusWrote() throws Exception {
    assertThat(InsertMessage.parse(GOLDEN).keys(100).getIntId().getDataList())
        .containsExactly(1L, 2L);
  }

  @Test
  void findsKeysThatAreIntegers() throws Exception {
    byte[] body = Messages.insert("c_1v0", 1, 10, 50, 1L, -2L, Long.MAX_VALUE).toByteArray();

    assertThat(InsertMessage.parse(body).keys(Messages.KEY_FIELD).getIntId().getDataList())
        .containsExactly(1L, -2L, Long.MAX_VALUE);
  }

  @Test
  void aMissingKeyColumnIsAnError() throws Exception {
    InsertMessage message = InsertMessage.parse(GOLDEN);

    assertThatThrownBy(() -> message.keys(777))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("777");
  }

  @Test
  void fieldsOfTheFuturePassThrough() throws Exception {
    ByteString future =
        Messages.unknownField(16, "namespace").concat(Messages.unknownField(99, "x"));
    byte[] body = ByteString.copyFrom(GOLDEN).concat(future).toByteArray();

    Msg.InsertRequest after =
        Msg.InsertRequest.parseFrom(InsertMessage.parse(body).rewrite(TO, 1, TIME));

    assertThat(after.toByteString().toByteArray()).endsWith(future.toByteArray());
  }

  @Test
  void takesFieldsInAnyOrder() throws Exception {
    Msg.InsertRequest message = Msg.InsertRequest.parseFrom(GOLDEN);
    ByteString backwards = ByteString.EMPTY;
    for (var field : message.getAllFields().entrySet()) {
      var one = Msg.InsertRequest.newBuilder().setField(field.getKey(), field.getValue()).build();
      backwards = one.toByteString().concat(backwards);
    }

    InsertMessage parsed = InsertMessage.parse(backwards.toByteArray());

    assertThat(parsed.shard()).isEqualTo(message.getShardName());
    assertThat(parsed.timestamp()).isEqualTo(TIME);
    assertThat(Msg.InsertRequest.parseFrom(parsed.rewrite(TO, 5, TIME)))
        .isEqualTo(readdressed(message, 5, TIME));
    assertThat(parsed.keys(100).getIntId().getDataList()).containsExactly(1L, 2L);
  }

  @Test
  void takesTimestampsThatAreNotPacked() throws Exception {
    Msg.InsertRequest message = Msg.InsertRequest.parseFrom(GOLDEN);
    byte[] unpacked =
        message.toBuilder()
            .clearTimestamps()
            .setUnknownFields(
                com.google.protobuf.UnknownFieldSet.newBuilder()
                    .addField(
                        10,
                        com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                            .addVarint(TIME)
                            .addVarint(TIME)
                            .build())
                    .build())
            .build()
            .toByteArray();

    InsertMessage parsed = InsertMessage.parse(unpacked);

    assertThat(parsed.timestamp()).isEqualTo(TIME);
    assertThat(Msg.InsertRequest.parseFrom(parsed.rewrite(TO, 5, TIME)))
        .isEqualTo(readdressed(message, 5, TIME));
    assertThat(Msg.InsertRequest.parseFrom(parsed.rewrite(TO, 5, TIME + 1)))
        .isEqualTo(readdressed(message, 5, TIME + 1));
  }

  @Test
  void cutOffBytesAreAnErrorOrLackARow() throws Exception {
    for (int size = 0; size < GOLDEN.length; size++) {
      byte[] cut = Arrays.copyOf(GOLDEN, size);
      boolean atAField = parses(cut);
      if (atAField) {
        InsertMessage.parse(cut);
      } else {
        assertThatThrownBy(() -> InsertMessage.parse(cut))
            .as("%d bytes", size)
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** Cut between two top-level fields, the bytes are a message of their own. */
  private static boolean parses(byte[] bytes) {
    try {
      CodedInputStream input = CodedInputStream.newInstance(bytes);
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        input.skipField(tag);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Long[] keys(int count) {
    return java.util.stream.LongStream.range(0, count).boxed().toArray(Long[]::new);
  }

  @Test
  void columnsAreSharedAndNotCopied() throws Exception {
    byte[] body = Messages.insert("c_1v0", 1, 10, 50, keys(10_000)).toByteArray();
    ByteString after = InsertMessage.parse(body).rewrite(TO, 1, 50);
    byte last = after.byteAt(after.size() - 1);

    body[body.length - 1]++;

    assertThat(after.byteAt(after.size() - 1)).isNotEqualTo(last);
  }
}
