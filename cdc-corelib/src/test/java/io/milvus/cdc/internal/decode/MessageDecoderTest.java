package io.milvus.cdc.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.DropMarker;
import io.milvus.cdc.event.Ignored;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.event.Unknown;
import io.milvus.cdc.testkit.Golden;
import io.milvus.cdc.testkit.Messages;
import io.milvus.cdc.testkit.Seeded;
import io.milvus.grpc.MsgType;
import java.util.Arrays;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {
  private static final Golden GOLDEN = Golden.of("messages.txt");
  private static final Position HERE = new Position("5:10");
  private static final long TIME = 449999999999999999L;
  private static final long LATER_24 = 450505050505050505L;
  private static final long LATER_25 = 455555555555555555L;
  private final MessageDecoder decoder = new MessageDecoder("dml_0");

  private ChannelEvent decode(byte[] body) {
    return decoder.decode(HERE, Payload.of(body));
  }

  @Test
  void anInsertKeepsItsBytes() {
    byte[] body = GOLDEN.value("msgstream_insert");

    DataEvent event = (DataEvent) decode(body);

    assertThat(event).isInstanceOf(Insert.class);
    assertThat(event.header())
        .isEqualTo(
            new RowsHeader("dml_0", HERE, TIME, 1001, 1002, "by-dev-rootcoord-dml_0_1001v0", 2, 7));
    assertThat(event.payload().bytes()).isSameAs(body);
  }

  @Test
  void aDeleteWithoutAPartitionConcernsThemAll() {
    DataEvent event = (DataEvent) decode(GOLDEN.value("msgstream_delete"));

    assertThat(event).isInstanceOf(Delete.class);
    assertThat(event.header())
        .isEqualTo(
            new RowsHeader("dml_0", HERE, TIME, 1001, -1, "by-dev-rootcoord-dml_0_1001v0", 1, 7));
  }

  @Test
  void aTickTellsItsTime() {
    assertThat(decode(GOLDEN.value("msgstream_timetick"))).isEqualTo(new TimeTick(HERE, TIME));
  }

  @Test
  void aDroppedCollectionEndsHere() {
    assertThat(decode(GOLDEN.value("msg.DropCollectionRequest")))
        .isEqualTo(new DropMarker(HERE, TIME, 1001));
  }

  @Test
  void theMarkerOfACreationIsLeftToTheCatalog() {
    assertThat(decode(GOLDEN.value("createcollection"))).isEqualTo(new Ignored(HERE));
  }

  @Test
  void rowsOf24And25AreReadAndTheirColumnsLeftAlone() {
    Golden of24 = Golden.of("milvus-2.4.txt");
    Golden of25 = Golden.of("milvus-2.5.txt");
    String shard = "by-dev-rootcoord-dml_3_2001v0";

    assertThat(((DataEvent) decode(of24.value("insert"))).header())
        .isEqualTo(
            new RowsHeader(
                "dml_0", HERE, LATER_24, 1501, 1502, "by-dev-rootcoord-dml_2_1501v0", 2, 71));
    assertThat(((DataEvent) decode(of24.value("delete"))).header().partitionId()).isEqualTo(1502);
    assertThat(((DataEvent) decode(of25.value("insert"))).header())
        .isEqualTo(new RowsHeader("dml_0", HERE, LATER_25, 2001, 2003, shard, 3, 71));
    assertThat(((DataEvent) decode(of25.value("insert_sparse"))).header().rows()).isEqualTo(1);
    assertThat(((DataEvent) decode(of25.value("delete"))).header())
        .isEqualTo(new RowsHeader("dml_0", HERE, LATER_25, 2001, -1, shard, 2, 73));
    assertThat(decode(Golden.of("milvus-2.6.txt").value("insert"))).isInstanceOf(Insert.class);
  }

  @ParameterizedTest
  @CsvSource({"milvus-2.4.txt,1501," + LATER_24, "milvus-2.5.txt,2001," + LATER_25})
  void theOtherMessagesOf24And25AreTheSame(String file, long collection, long time) {
    Golden golden = Golden.of(file);

    assertThat(decode(golden.value("timetick"))).isEqualTo(new TimeTick(HERE, time));
    assertThat(decode(golden.value("createcollection"))).isEqualTo(new Ignored(HERE));
    assertThat(decode(golden.value("droppartition"))).isEqualTo(new Ignored(HERE));
    assertThat(decode(golden.value("dropcollection")))
        .isEqualTo(new DropMarker(HERE, time, collection));
  }

  @Test
  void theTickOfACollectionThatIsAStandbyItselfIsNoneOfOurs() {
    assertThat(decode(Golden.of("milvus-2.5.txt").value("replicate"))).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"CreatePartition", "DropPartition"})
  void partitionsAreLeftToTheCatalog(MsgType type) {
    assertThat(decode(tickOf(type.getNumber()))).isEqualTo(new Ignored(HERE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 402, 408, 1208, 1212, 999_999})
  void otherTypesAreUnknownAndSayWhich(int type) {
    ChannelEvent event = decode(tickOf(type));

    assertThat(event).isInstanceOf(Unknown.class);
    assertThat(((Unknown) event).why()).contains(String.valueOf(type));
    assertThat(event.position()).isEqualTo(HERE);
  }

  private static byte[] tickOf(int type) {
    Msg.TimeTickMsg.Builder tick = Messages.tick(5).toBuilder();
    tick.getBaseBuilder().setMsgTypeValue(type);
    return tick.build().toByteArray();
  }

  @Test
  void anEmptyBodyIsUnknown() {
    assertThat(decode(new byte[0])).isInstanceOf(Unknown.class);
  }

  @Test
  void bytesThatNestWithoutEndAreUnknown() {
    byte[] nested = new byte[1 << 20];
    Arrays.fill(nested, (byte) 0x1b);

    assertThat(decode(nested)).isInstanceOf(Unknown.class);
  }

  @Test
  void garbageNeverThrows() {
    Seeded.times(
        20_000,
        random -> assertThat(decode(Seeded.bytes(random, random.nextInt(200)))).isNotNull());
  }

  @Test
  void cutOffMessagesNeverThrow() {
    for (byte[] body : GOLDEN.values().values()) {
      for (int size = 0; size < body.length; size++) {
        assertThat(decode(Arrays.copyOf(body, size))).isNotNull();
      }
    }
  }

  @Test
  void damagedMessagesNeverThrow() {
    byte[] insert = GOLDEN.value("msgstream_insert");
    Seeded.times(
        20_000,
        random -> {
          byte[] damaged = insert.clone();
          for (int i = random.nextInt(1, 4); i > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
          }
          assertThat(decode(damaged)).isNotNull();
        });
  }
}
