package io.milvus.cdc.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.grpc.ImmutableMessage;
import io.milvus.grpc.MessageID;
import io.milvus.grpc.WALName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a Milvus 2.6 on Woodpecker, as its dumps show them. Outlives the servers that
 * read it. As the real one it passes over deleted messages without a word.
 */
public final class FakeWal {
  private static final int BASE = 36;

  /** One message, and where it is. */
  record Entry(long[] place, long tick, ImmutableMessage message) {}

  private static final class Channel {
    final List<Entry> entries = new ArrayList<>();
    int deleted;
    int read;
    WALName wal = WALName.WoodPecker;
    long segment;
    long next = 1;
    String confirmed = "EAE=";
  }

  private final Map<String, Channel> channels = new TreeMap<>();
  private long issued;

  public FakeWal(String... names) {
    for (String name : names) {
      channels.put(name, new Channel());
    }
  }

  /** Returns a timestamp of this moment that was never returned. */
  public synchronized long timestamp() {
    issued = Math.max(issued + 1, Timestamps.ofMillis(System.currentTimeMillis()));
    return issued;
  }

  /** Writes a message of its own tick, and returns that. */
  public synchronized long write(String channel, int type, String body) {
    long tick = timestamp();
    add(channel, tick, type, body, Map.of());
    return tick;
  }

  /** Writes a transaction of messages of one tick, and returns that. */
  public synchronized long transaction(String channel, int type, String... bodies) {
    long tick = timestamp();
    Map<String, String> transaction =
        Map.of("_tx", Base64.getEncoder().encodeToString(id(7, tick)));
    add(channel, tick, 900, "", transaction);
    for (String body : bodies) {
      add(channel, tick, type, body, transaction);
    }
    add(channel, tick, 901, "", transaction);
    return tick;
  }

  private void add(String name, long tick, int type, String body, Map<String, String> more) {
    Channel channel = channel(name);
    Map<String, String> properties = new HashMap<>(more);
    properties.put("_v", "2");
    properties.put("_t", Integer.toString(type));
    properties.put("_tt", Long.toUnsignedString(tick, BASE));
    properties.put("_lc", channel.confirmed);
    properties.put("_vc", name);
    long place = channel.next++;
    String id = Base64.getEncoder().encodeToString(id(channel.segment, place));
    ImmutableMessage message =
        ImmutableMessage.newBuilder()
            .setId(MessageID.newBuilder().setWALName(WALName.WoodPecker).setId(id))
            .putAllProperties(properties)
            .setPayload(ByteString.copyFromUtf8(body))
            .build();
    channel.entries.add(new Entry(new long[] {channel.segment, place}, tick, message));
    if (more.isEmpty()) {
      channel.confirmed = id;
    }
    notifyAll();
  }

  /** Adds a message that a real Milvus has written. All of a channel are of one queue. */
  public synchronized void add(String name, ImmutableMessage message) {
    Channel channel = channels.computeIfAbsent(name, none -> new Channel());
    channel.wal = message.getId().getWALName();
    long tick = Long.parseLong(message.getPropertiesOrThrow("_tt"), BASE);
    try {
      channel.entries.add(new Entry(place(message.getId()), tick, message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    issued = Math.max(issued, tick);
  }

  /** Begins a new segment, as Milvus does every 10 minutes. */
  public synchronized void roll(String name) {
    Channel channel = channel(name);
    channel.segment++;
    channel.next = 0;
  }

  /** Deletes all messages that are there. */
  public synchronized void truncate(String name) {
    channel(name).deleted = channel(name).entries.size();
  }

  /** Returns the number of messages, deleted or not. */
  public synchronized int size(String name) {
    return channel(name).entries.size();
  }

  /** Returns up to which number messages were read. */
  public synchronized int read(String name) {
    return channel(name).read;
  }

  private Channel channel(String name) {
    Channel channel = channels.get(name);
    if (channel == null) {
      throw new IllegalArgumentException("No channel " + name);
    }
    return channel;
  }

  synchronized boolean has(String name) {
    return channels.containsKey(name);
  }

  /**
   * Returns the number of the first message from an id on that is left. An id of another queue, or
   * behind the end, begins at the first.
   *
   * @throws IOException if it is no id
   */
  synchronized int from(String name, MessageID id) throws IOException {
    Channel channel = channel(name);
    if (id.getId().isEmpty()) {
      throw new IOException("empty");
    }
    long[] place = place(id);
    if (id.getWALName() != channel.wal || channel.entries.isEmpty()) {
      return channel.deleted;
    }
    for (int i = channel.deleted; i < channel.entries.size(); i++) {
      if (Arrays.compare(channel.entries.get(i).place(), place) >= 0) {
        return i;
      }
    }
    boolean known = channel.entries.stream().anyMatch(entry -> Arrays.equals(entry.place(), place));
    return known ? channel.entries.size() : channel.deleted;
  }

  /** Returns a message, or null if it is not there yet. */
  synchronized @Nullable Entry get(String name, int number) {
    Channel channel = channel(name);
    if (number >= channel.entries.size()) {
      return null;
    }
    channel.read = Math.max(channel.read, number + 1);
    return channel.entries.get(number);
  }

  synchronized void awaitChange(long millis) throws InterruptedException {
    wait(millis);
  }

  private static byte[] id(long segment, long entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      if (segment != 0) {
        out.writeInt64(1, segment);
      }
      if (entry != 0) {
        out.writeInt64(2, entry);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static long[] place(MessageID id) throws IOException {
    if (id.getWALName() == WALName.Kafka || id.getWALName() == WALName.RocksMQ) {
      return new long[] {Long.parseLong(id.getId(), BASE)};
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(id.getId());
    } catch (IllegalArgumentException e) {
      throw new IOException("illegal base64 data", e);
    }
    UnknownFieldSet fields = UnknownFieldSet.parseFrom(bytes);
    return id.getWALName() == WALName.Pulsar
        ? new long[] {varint(fields, 1), varint(fields, 2), varint(fields, 4)}
        : new long[] {varint(fields, 1), varint(fields, 2)};
  }

  private static long varint(UnknownFieldSet fields, int number) {
    List<Long> values = fields.getField(number).getVarintList();
    return values.isEmpty() ? 0 : values.get(0);
  }
}
