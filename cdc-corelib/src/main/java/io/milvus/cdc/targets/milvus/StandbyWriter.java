package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.cdc.targets.Refused;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.ReplicateMessageResponse;
import io.milvus.grpc.Status;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import milvus.proto.msg.Msg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to the target's channels: all channels at once, one request at a time on each. For
 * one thread.
 */
final class StandbyWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StandbyWriter.class);

  /** Well below the 64 MiB that a proxy accepts (proxy.grpc.serverMaxRecvSize). */
  private static final int REQUEST_BYTES = 16 << 20;

  /** Segments are assigned until 2 s ahead of the target's own time. Later rows are rejected. */
  static final long LEAD_MILLIS = 1000;

  private static final long SEGMENT_PATIENCE_MILLIS = 20_000;
  private static final long SEGMENT_PAUSE_MILLIS = 100;

  /**
   * The time until 2.3 forgets an unused stream of a channel: 30 s, checked every 10 s
   * (internal/proxy/replicate_stream_manager.go). A change of mode disables the stream for good
   * (pkg/mq/msgstream/mq_msgstream.go), and each use prolongs its life.
   */
  private static final long OLD_STREAM_NANOS = TimeUnit.SECONDS.toNanos(45);

  private final TargetRpc rpc;
  private final StandbyClocks clocks;
  private final long floor;
  private final InstantSource time;
  private final MessageIds ids;
  private final MessageLimit limit;
  private long restamped;

  /**
   * Creates a writer to a target.
   *
   * @param floor the lowest timestamp that a message may get
   */
  StandbyWriter(TargetRpc rpc, StandbyClocks clocks, long floor, InstantSource time) {
    this.rpc = rpc;
    this.floor = floor;
    this.clocks = clocks;
    this.time = time;
    this.ids = clocks.messageIds();
    this.limit = clocks.messageLimit();
  }

  /**
   * Sends messages, in ascending order of their timestamps on each channel. Returns when all are
   * acknowledged.
   *
   * @return rows that the target rejected for good
   */
  List<Refused> send(Map<String, List<Outgoing>> byChannel) throws InterruptedException {
    return exchange(
        byChannel.keySet(),
        (channel, clock) -> encode(channel, clock, byChannel.getOrDefault(channel, List.of())));
  }

  /** Returns the number of restamped messages so far. */
  long restamped() {
    return restamped;
  }

  /** Informs these channels that nothing at or below this timestamp follows. */
  void tick(Collection<String> channels, long timestamp) throws InterruptedException {
    exchange(
        channels,
        (channel, clock) -> {
          long stamp = clock.tick(timestamp);
          Outgoing tick = Outgoing.of(timestamp, 0, StandbyWriter::tick);
          Parcel.Item item = new Parcel.Item(tick, tick.encode(ids.next(), stamp), stamp);
          return new ArrayDeque<>(List.of(parcel(channel, List.of(item))));
        });
  }

  /** Creates and sends parcels for these channels, while no other task can. */
  private List<Refused> exchange(Collection<String> channels, ParcelMaker maker)
      throws InterruptedException {
    try (StandbyClocks.Held held = clocks.hold(channels)) {
      Map<String, Queue<Parcel>> parcels = new TreeMap<>();
      for (String channel : channels) {
        StandbyClock clock = held.clock(channel);
        clock.raise(floor);
        parcels.put(channel, maker.make(channel, clock));
      }
      return sendAll(parcels);
    }
  }

  private interface ParcelMaker {
    Queue<Parcel> make(String channel, StandbyClock clock) throws InterruptedException;
  }

  private static ByteString tick(long messageId, long stamp) {
    return Msg.TimeTickMsg.newBuilder()
        .setBase(
            MsgBase.newBuilder()
                .setMsgType(MsgType.TimeTick)
                .setMsgID(messageId)
                .setTimestamp(stamp))
        .build()
        .toByteString();
  }

  private Queue<Parcel> encode(String channel, StandbyClock clock, List<Outgoing> messages)
      throws InterruptedException {
    Queue<Parcel> parcels = new ArrayDeque<>();
    List<Parcel.Item> items = new ArrayList<>();
    int size = 0;
    clock.begin();
    for (Outgoing message : messages) {
      long stamp = clock.stamp(message.timestamp());
      restamped += stamp == message.timestamp() ? 0 : 1;
      for (Outgoing part : parts(message)) {
        if (size + part.size() > REQUEST_BYTES && !items.isEmpty()) {
          parcels.add(parcel(channel, items));
          items = new ArrayList<>();
          size = 0;
        }
        items.add(new Parcel.Item(part, part.encode(ids.next(), stamp, clock.lastTick()), stamp));
        size += part.size();
      }
    }
    if (!items.isEmpty()) {
      parcels.add(parcel(channel, items));
    }
    return parcels;
  }

  private List<Outgoing> parts(Outgoing message) {
    int bytes = limit.bytes();
    return message.size() > bytes ? message.parts(bytes) : List.of(message);
  }

  private Parcel parcel(String channel, List<Parcel.Item> items) throws InterruptedException {
    Parcel parcel = new Parcel(channel, items);
    holdUntilNear(parcel.stamp());
    return parcel;
  }

  private void holdUntilNear(long timestamp) throws InterruptedException {
    long ahead = Timestamps.millis(timestamp) - time.millis() - LEAD_MILLIS;
    if (ahead > 0) {
      Thread.sleep(ahead);
    }
  }

  /** Sends one parcel of every channel at a time, until none is left. */
  private List<Refused> sendAll(Map<String, Queue<Parcel>> parcels) throws InterruptedException {
    List<Refused> refused = new ArrayList<>();
    while (!parcels.isEmpty()) {
      List<Flight> flying = new ArrayList<>();
      for (Queue<Parcel> queue : parcels.values()) {
        flying.add(start(queue.remove()));
      }
      parcels.values().removeIf(Queue::isEmpty);
      boolean done = false;
      try {
        for (Flight flight : flying) {
          settle(flight, refused);
        }
        done = true;
      } finally {
        if (!done) {
          LastAnswers.await(flying.stream().map(Flight::answer).toList());
        }
      }
    }
    return refused;
  }

  private Flight start(Parcel parcel) {
    ReplicateMessageRequest request = parcel.request();
    return new Flight(parcel, request, System.nanoTime(), rpc.start(Methods.REPLICATE, request));
  }

  private void settle(Flight flight, List<Refused> refused) throws InterruptedException {
    Parcel parcel = flight.parcel();
    long deadline = time.millis() + SEGMENT_PATIENCE_MILLIS;
    Status status = rpc.await(flight.answer(), "ReplicateMessage").getStatus();
    if (Answers.deniedByOldStream(status)) {
      awaitEndOfStream(flight);
      deadline = time.millis() + SEGMENT_PATIENCE_MILLIS;
      status = rpc.call(Methods.REPLICATE, flight.request()).getStatus();
    }
    while (Answers.definitelyNotYet(status)) {
      if (time.millis() > deadline) {
        throw new RetriableException(
            "The target provides no segment for channel %s: %s"
                .formatted(parcel.channel(), Answers.describe(status)),
            "");
      }
      Thread.sleep(SEGMENT_PAUSE_MILLIS);
      status = rpc.call(Methods.REPLICATE, flight.request()).getStatus();
    }
    if (Answers.definitelyNever(status)) {
      takeApart(parcel, status, refused);
    } else if (Answers.tooLarge(status)) {
      throw tooLarge(parcel, status);
    } else if (!MilvusStatus.ok(status)) {
      throw Answers.replicateFailure(parcel.channel(), status);
    }
  }

  /** Learns from a rejection, so that the repetition has smaller messages, if rows allow them. */
  private RuntimeException tooLarge(Parcel parcel, Status status) {
    Parcel.Item largest = parcel.largest();
    int size = largest.bytes().size();
    String answer =
        "The target's queue accepts no message of %d bytes on channel %s: %s"
            .formatted(size, parcel.channel(), Answers.describe(status));
    if (largest.message().rows() < 2) {
      return new RefusedException(
          answer + ". A single row is larger than its limit.",
          "Raise the target's kafka.producer.message.max.bytes and its broker's message.max.bytes, or Pulsar's"
              + " maxMessageSize.");
    }
    int bytes = limit.refused(Math.min(size, limit.bytes()));
    return new UnknownOutcomeException(
        "%s.".formatted(answer),
        "Rows are sent again, in messages of at most %d bytes".formatted(bytes));
  }

  /** Finds the fault in a parcel of which the target accepted nothing, and sends the rest. */
  private void takeApart(Parcel parcel, Status status, List<Refused> refused)
      throws InterruptedException {
    if (parcel.items().size() > 1) {
      for (Parcel half : parcel.halves()) {
        settle(start(half), refused);
      }
    } else if (parcel.items().get(0).message() instanceof OutgoingRows rows) {
      refuse(rows.event(), "the target answers " + Answers.describe(status), refused);
    } else {
      throw Answers.replicateFailure(parcel.channel(), status);
    }
  }

  /** Reports an event once, although its rows may be in several messages. */
  private static void refuse(DataEvent event, String why, List<Refused> refused) {
    if (refused.stream().noneMatch(one -> one.event() == event)) {
      refused.add(new Refused(event, why));
    }
  }

  private static void awaitEndOfStream(Flight flight) throws InterruptedException {
    long left = flight.begun() + OLD_STREAM_NANOS - System.nanoTime();
    if (left > 0) {
      LOG.info(
          "Channel {} of the target is written again in {} s, when its stream from before"
              + " the change of mode has expired",
          flight.request().getChannelName(),
          TimeUnit.NANOSECONDS.toSeconds(left));
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private record Flight(
      Parcel parcel,
      ReplicateMessageRequest request,
      long begun,
      ListenableFuture<ReplicateMessageResponse> answer) {}
}
