package io.milvus.cdc.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.Unknown;
import io.milvus.cdc.proto.wal.AlterCollectionHeader;
import io.milvus.cdc.proto.wal.BroadcastHeader;
import io.milvus.cdc.proto.wal.ImportJobHeader;
import io.milvus.cdc.proto.wal.InsertHeader;
import io.milvus.cdc.proto.wal.InsertedPartition;
import io.milvus.cdc.proto.wal.ResourceDomain;
import io.milvus.cdc.proto.wal.ResourceKey;
import io.milvus.cdc.testkit.WalRecording;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;

class WalDecoderTest {
  private static String why(WalLine line) {
    return ((WalEvent.Undecoded) line.event()).event().why();
  }

  @Test
  void unknownTypesAreNamedByTheirNumber() {
    assertThat(why(WalLine.of(47, 100))).isEqualTo("its type is 47");
    assertThat(why(WalLine.of(999, 100))).isEqualTo("its type is 999");
  }

  @Test
  void aChannelCanBeReadAgainFromAnUnknownMessage() {
    Unknown unknown = ((WalEvent.Undecoded) WalLine.of(47, 100).event()).event();

    assertThat(WalPosition.parse(unknown.position()).tick()).isEqualTo(100);
  }

  @Test
  void claimsOfMoreRowsThanBytesAreRefused() throws Exception {
    byte[] body = WalLine.insert(100, 1).body();
    byte[] claim =
        Msg.InsertRequest.parseFrom(body).toBuilder().setNumRows(1L << 40).build().toByteArray();

    assertThat(why(WalLine.insert(100, 1).with(claim)))
        .startsWith("it claims 1099511627776 rows in ");
  }

  @Test
  void encryptedMessagesAreRefused() {
    assertThat(why(WalLine.insert(100, 1).with("_ch", "CAE="))).isEqualTo("it is encrypted");
  }

  @Test
  void messagesFromBeforeTheUpgradeAreRefusedAndCanBeRecognized() {
    WalLine old = WalLine.insert(100, 1).without("_v");

    assertThat(why(old)).isEqualTo("it was written before the upgrade to Milvus 2.6");
    assertThat(old.message().isBeforeUpgrade()).isTrue();
    assertThat(old.with("_v", "0").message().isBeforeUpgrade()).isTrue();
    assertThat(WalLine.insert(100, 1).message().isBeforeUpgrade()).isFalse();
    assertThat(why(WalLine.insert(100, 1).with("_v", "3")))
        .isEqualTo("its format has the unknown version 3");
  }

  @Test
  void anOwnLastConfirmedIdIsTheMessagesId() {
    WalEvent event = WalLine.insert(100, 1).without("_lc").with("_lcs", "").event();

    assertThat(event.envelope().position()).isEqualTo(WalPosition.of("Kafka", "m2s", "m2s", 100));
    assertThat(WalLine.insert(100, 1).with("_lc", "").event().envelope().position().lastConfirmed())
        .isEmpty();
  }

  @Test
  void aTextThatIsNoPositionIsRefused() {
    assertThatThrownBy(() -> WalPosition.parse(new Position("12:34")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'12:34'");
  }

  @Test
  void rowsOfSeveralPartitionsAreRefused() {
    InsertHeader header =
        InsertHeader.newBuilder()
            .addPartitions(InsertedPartition.newBuilder().setPartitionId(8).setRows(1))
            .addPartitions(InsertedPartition.newBuilder().setPartitionId(9).setRows(1))
            .build();

    assertThat(why(WalLine.insert(100, 1).with("_h", header.toByteArray())))
        .isEqualTo("it has rows of 2 partitions");
  }

  @Test
  void deletesByAnExpressionAreRefused() throws Exception {
    byte[] body =
        Arrays.copyOf(WalLine.delete(100, 1).body(), WalLine.delete(100, 1).body().length + 3);
    body[body.length - 3] = 14 << 3 | 2;
    body[body.length - 2] = 1;

    assertThat(Msg.DeleteRequest.parseFrom(body).getUnknownFields().hasField(14)).isTrue();
    assertThat(why(WalLine.delete(100, 1).with(body)))
        .isEqualTo("it deletes by an expression instead of keys");
  }

  @Test
  void alterationsOfAnUnknownValueAreRefused() {
    AlterCollectionHeader.Builder header = AlterCollectionHeader.newBuilder().setCollectionId(7);
    header.getUpdateMaskBuilder().addPaths("schema").addPaths("color");

    assertThat(why(WalLine.of(13, 100).with("_h", header.build().toByteArray())))
        .isEqualTo("it alters [schema, color] of a collection");
  }

  @Test
  void replacedRowsNameTheirCollection() {
    BroadcastHeader broadcast =
        BroadcastHeader.newBuilder()
            .setId(3)
            .addVirtualChannels(WalLine.SHARD)
            .addResourceKeys(
                ResourceKey.newBuilder()
                    .setDomain(ResourceDomain.RESOURCE_DOMAIN_COLLECTION_NAME)
                    .setKey("default:docs"))
            .build();

    WalEvent event = WalLine.of(39, 100).with("_bh", broadcast.toByteArray()).event();

    assertThat(event)
        .isEqualTo(
            new WalEvent.Change(
                event.envelope(),
                new UnsentRows.Replaced(WalType.RESTORE_SNAPSHOT, Set.of("default:docs"))));
  }

  @Test
  void importsInTwoPhasesEndByACommitOrARollback() {
    byte[] header =
        ImportJobHeader.newBuilder().setCollectionId(7).setJobId(9).build().toByteArray();

    assertThat(((WalEvent.Change) WalLine.of(45, 100).with("_h", header).event()).change())
        .isEqualTo(new UnsentRows.ImportEnd(9, 7, true));
    assertThat(((WalEvent.Change) WalLine.of(46, 100).with("_h", header).event()).change())
        .isEqualTo(new UnsentRows.ImportEnd(9, 7, false));
  }

  @Test
  void anUnreadableMessageShowsNoHeader() {
    Unknown unknown =
        ((WalEvent.Undecoded) WalLine.of(800, 100).with("_h", "c2VjcmV0!").event()).event();

    assertThat(unknown.properties()).doesNotContainKey("_h").containsEntry("_t", "800");
    assertThat(unknown.toString()).doesNotContain("c2VjcmV0");
  }

  /** Seeds one after another, each damages a recorded message somewhere. */
  @Test
  void damagedBytesNeverThrow() {
    Random random = new Random(1);
    for (WalMessage message : WalRecording.dumped("milvus-3.0.0-woodpecker-wal.jsonl.gz")) {
      for (int round = 0; round < 20; round++) {
        assertThat(new WalDecoder().decode(damaged(message, random))).isNotNull();
      }
    }
  }

  private static WalMessage damaged(WalMessage message, Random random) {
    Map<String, String> properties = new HashMap<>(message.properties());
    byte[] body = message.body().bytes().clone();
    if (body.length > 0 && random.nextBoolean()) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    } else {
      Object[] names = properties.keySet().toArray();
      String name = (String) names[random.nextInt(names.length)];
      StringBuilder value = new StringBuilder(properties.get(name) + "x");
      value.setCharAt(random.nextInt(value.length()), (char) ('!' + random.nextInt(90)));
      properties.put(name, value.toString());
    }
    return new WalMessage(
        message.channel(),
        message.id(),
        message.wal(),
        properties,
        io.milvus.cdc.event.Payload.of(body));
  }
}
