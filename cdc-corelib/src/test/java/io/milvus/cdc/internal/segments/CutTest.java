package io.milvus.cdc.internal.segments;

import static io.milvus.cdc.internal.segments.MapKeys.META;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.SourceException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import milvus.proto.msg.Msg.MsgPosition;
import org.junit.jupiter.api.Test;

/** The time of a copy, and the channels that are stored up to it. */
class CutTest {
  /** As a live 2.3.5 has it. */
  private static final long LIVE = 0x18eab5c39c0c61a8L;

  private final MapKeys etcd = new MapKeys();

  @Test
  void cutIsTheEndOfTheRangeFromWhichTheSourceIssues() throws Exception {
    etcd.put("by-dev/kv/gid/timestamp", ByteBuffer.allocate(8).putLong(LIVE).array());

    long cut = CutTime.read(etcd, "by-dev");
    assertThat(Timestamps.instant(cut)).isEqualTo(Instant.ofEpochMilli(LIVE / 1_000_000));
    assertThat(cut & 0x3ffff).isZero();
  }

  @Test
  void wrongRootIsNamed() {
    assertThatThrownBy(() -> CutTime.read(etcd, "elsewhere"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("elsewhere/kv/gid/timestamp")
        .hasMessageContaining("Check the rootPath");
  }

  @Test
  void channelsBelowTheCutOrWithoutACheckpointAreBehind() throws Exception {
    checkpoint("dml_0_7v0", 100);
    checkpoint("dml_1_7v1", 99);

    ChannelCheckpoints times = ChannelCheckpoints.read(etcd, META, 1);
    assertThat(times.behind(100, List.of("dml_0_7v0", "dml_1_7v1", "dml_2_7v2")))
        .isEqualTo(Map.of("dml_1_7v1", 99L, "dml_2_7v2", 0L));
    assertThat(times.behind(99, List.of("dml_0_7v0", "dml_1_7v1"))).isEmpty();
  }

  private void checkpoint(String channel, long timestamp) {
    etcd.put(
        "datacoord-meta/channel-cp/" + channel,
        MsgPosition.newBuilder().setTimestamp(timestamp).build());
  }
}
