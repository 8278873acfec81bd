package io.milvus.cdc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.testkit.Messages;
import io.milvus.cdc.testkit.Seeded;
import io.milvus.grpc.FieldData;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;

class InsertMessagePropertyTest {

  @Test
  void anyMessageComesThroughWholeButForItsAddress() {
    Seeded.times(10_000, InsertMessagePropertyTest::comesThrough);
  }

  private static void comesThrough(SplittableRandom random) throws Exception {
    Msg.InsertRequest message = message(random);
    long before = message.getTimestampsCount() == 0 ? 0 : message.getTimestamps(0);
    long after = random.nextBoolean() ? before : before + random.nextInt(1000);

    InsertMessage parsed = InsertMessage.parse(message.toByteArray());
    Msg.InsertRequest rewritten =
        Msg.InsertRequest.parseFrom(parsed.rewrite(InsertMessageTest.to(), 3, after));

    assertThat(parsed.rows()).isEqualTo(message.getTimestampsCount());
    assertThat(parsed.collectionId()).isEqualTo(message.getCollectionID());
    assertThat(parsed.partitionId()).isEqualTo(message.getPartitionID());
    assertThat(parsed.shard()).isEqualTo(message.getShardName());
    assertThat(rewritten).isEqualTo(InsertMessageTest.readdressed(message, 3, after));
    FieldData keys = message.getFieldsData(message.getFieldsDataCount() - 1);
    assertThat(parsed.keys(Messages.KEY_FIELD).getIntId().getDataList())
        .isEqualTo(keys.getScalars().getLongData().getDataList());
  }

  private static Msg.InsertRequest message(SplittableRandom random) {
    int rows = random.nextInt(1, 20);
    List<Long> keys = random.longs(rows).boxed().toList();
    List<FieldData> columns = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      columns.add(
          random.nextBoolean()
              ? Messages.arrays("a" + i, 200 + i, rows)
              : Messages.strings("s" + i, 200 + i, strings(random, rows)));
    }
    columns.add(Messages.integers("id", Messages.KEY_FIELD, keys));
    return Messages.insert(
            "by-dev-rootcoord-dml_" + random.nextInt(16) + "_7v0",
            random.nextLong(Long.MAX_VALUE),
            random.nextLong(Long.MAX_VALUE),
            random.nextLong(1, Long.MAX_VALUE / 2),
            rows,
            columns.get(0))
        .toBuilder()
        .clearFieldsData()
        .addAllFieldsData(columns)
        .build();
  }

  private static List<String> strings(SplittableRandom random, int count) {
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      strings.add("é漢".repeat(random.nextInt(100)));
    }
    return strings;
  }
}
