package io.milvus.cdc.internal.segments;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import milvus.proto.msg.Msg.MsgPosition;

/**
 * Reads up to which time each virtual channel is stored. The source stores all rows and deletes of
 * a channel at or below its checkpoint before it raises the checkpoint (Milvus 2.3.5
 * internal/datanode/channel_meta.go). So they are in the files that are listed at the same revision
 * or later.
 */
final class ChannelCheckpoints {
  private static final String PREFIX = "datacoord-meta/channel-cp/";

  private final Map<String, Long> times;

  private ChannelCheckpoints(Map<String, Long> times) {
    this.times = times;
  }

  /**
   * Reads them at a revision.
   *
   * @param meta the prefix of the source's metadata, with its slash
   */
  static ChannelCheckpoints read(MetaKeys etcd, String meta, long revision)
      throws InterruptedException {
    Map<String, Long> times = new HashMap<>();
    for (Map.Entry<String, byte[]> entry : etcd.below(meta + PREFIX, revision)) {
      String what = "The checkpoint of channel " + entry.getKey();
      MsgPosition position = Records.parse(what, MsgPosition.parser(), entry.getValue());
      times.put(entry.getKey(), position.getTimestamp());
    }
    return new ChannelCheckpoints(times);
  }

  /** Returns the latest time up to which any channel is stored; 0 if there is none. */
  long newest() {
    return times.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /**
   * Returns the virtual channels among these that are not yet stored up to a hybrid timestamp, each
   * with its time; 0 if the channel has no checkpoint.
   */
  Map<String, Long> behind(long cut, Collection<String> channels) {
    Map<String, Long> behind = new TreeMap<>();
    for (String channel : channels) {
      long time = times.getOrDefault(channel, 0L);
      if (time < cut) {
        behind.put(channel, time);
      }
    }
    return behind;
  }
}
