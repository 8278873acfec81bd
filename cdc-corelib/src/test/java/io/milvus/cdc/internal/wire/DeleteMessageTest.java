package io.milvus.cdc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.testkit.Golden;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.IDs;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.Arrays;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;

class DeleteMessageTest {
  private static final byte[] GOLDEN = Golden.of("messages.txt").value("msgstream_delete");
  private static final long TIME = 449999999999999999L;
  private static final Address TO =
      new Address("t-dml_3", "t-dml_3_99v1", "shop", "orders", 99, "", -1);

  @Test
  void readsTheEnvelopeOfWhatMilvusWrote() throws Exception {
    DeleteMessage message = DeleteMessage.parse(GOLDEN);

    assertThat(message.shard()).isEqualTo("by-dev-rootcoord-dml_0_1001v0");
    assertThat(message.collectionId()).isEqualTo(1001);
    assertThat(message.partitionId()).isEqualTo(-1);
    assertThat(message.timestamp()).isEqualTo(TIME);
    assertThat(message.rows()).isEqualTo(1);
  }

  @Test
  void rewritingKeepsTheKeysAndTheTimestamp() throws Exception {
    Msg.DeleteRequest after = rewritten(GOLDEN, TIME);

    assertThat(after.getPrimaryKeys().getStrId().getDataList()).containsExactly("k1");
    assertThat(after.getTimestampsList()).containsExactly(TIME);
    assertThat(after.getNumRows()).isEqualTo(1);
  }

  private static Msg.DeleteRequest rewritten(byte[] body, long timestamp) throws IOException {
    return Msg.DeleteRequest.parseFrom(DeleteMessage.parse(body).rewrite(TO, 77, timestamp));
  }

  @Test
  void rewritingGivesItTheNewAddress() throws Exception {
    Msg.DeleteRequest after = rewritten(GOLDEN, TIME);

    assertThat(after.getShardName()).isEqualTo("t-dml_3_99v1");
    assertThat(after.getDbName()).isEqualTo("shop");
    assertThat(after.getCollectionName()).isEqualTo("orders");
    assertThat(after.getCollectionID()).isEqualTo(99);
    assertThat(after.getPartitionName()).isEmpty();
    assertThat(after.getPartitionID()).isEqualTo(-1);
    assertThat(after.getBase().getMsgType()).isEqualTo(MsgType.Delete);
    assertThat(after.getBase().getMsgID()).isEqualTo(77);
    assertThat(after.getBase().getTimestamp()).isEqualTo(TIME);
  }

  @Test
  void restampingMovesEveryKey() throws Exception {
    byte[] body = Messages.delete("c_1v0", 1, -1, 50, 1L, 2L, 3L).toByteArray();

    Msg.DeleteRequest after = rewritten(body, 60);

    assertThat(after.getTimestampsList()).containsExactly(60L, 60L, 60L);
    assertThat(after.getPrimaryKeys().getIntId().getDataList()).containsExactly(1L, 2L, 3L);
    assertThat(after.getNumRows()).isEqualTo(3);
  }

  @Test
  void keysInTheOldFieldAreMoved() throws Exception {
    byte[] old =
        Messages.delete("c_1v0", 1, -1, 50, 1L, 2L).toBuilder()
            .clearPrimaryKeys()
            .addInt64PrimaryKeys(4)
            .addInt64PrimaryKeys(5)
            .build()
            .toByteArray();

    assertThat(rewritten(old, 50).getPrimaryKeys().getIntId().getDataList())
        .containsExactly(4L, 5L);
  }

  @Test
  void madeUpDeletesHaveOneTimestampAKey() throws Exception {
    IDs keys = IDs.newBuilder().setIntId(LongArray.newBuilder().addData(1).addData(2)).build();

    Msg.DeleteRequest made = Msg.DeleteRequest.parseFrom(DeleteMessage.of(TO, keys, 2, 9, 100));

    assertThat(made.getPrimaryKeys()).isEqualTo(keys);
    assertThat(made.getTimestampsList()).containsExactly(100L, 100L);
    assertThat(made.getNumRows()).isEqualTo(2);
  }

  @Test
  void cutOffBytesAreAnError() {
    byte[] cut = Arrays.copyOf(GOLDEN, GOLDEN.length - 1);

    assertThatThrownBy(() -> DeleteMessage.parse(cut)).isInstanceOf(IOException.class);
  }
}
