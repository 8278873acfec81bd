package io.milvus.cdc.internal.queue.dump;

import com.google.protobuf.UnknownFieldSet;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.internal.milvus.AnswerStream;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.cdc.internal.wal.WalPosition;
import io.milvus.grpc.DumpMessagesRequest;
import io.milvus.grpc.DumpMessagesResponse;
import io.milvus.grpc.ImmutableMessage;
import io.milvus.grpc.MessageID;
import io.milvus.grpc.WALName;
import org.jspecify.annotations.Nullable;

/** Reads the messages of one channel from a place on, by one call. For one thread. */
final class Dump implements AutoCloseable {
  /**
   * The field {@code include_start_message}, which the SDK does not have (milvus-proto 2.6.20,
   * milvus.proto).
   */
  private static final UnknownFieldSet INCLUDE_START =
      UnknownFieldSet.newBuilder()
          .addField(5, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  private final MilvusRpc rpc;
  private final String channel;
  private final AnswerStream<DumpMessagesResponse> answers;

  private Dump(MilvusRpc rpc, String channel, AnswerStream<DumpMessagesResponse> answers) {
    this.rpc = rpc;
    this.channel = channel;
    this.answers = answers;
  }

  /** Returns the id from which a channel must be read to get a message and its transaction. */
  static MessageID start(WalPosition place) {
    String from = place.lastConfirmed().isEmpty() ? place.id() : place.lastConfirmed();
    return MessageID.newBuilder().setWALName(WALName.valueOf(place.wal())).setId(from).build();
  }

  /**
   * Begins to read.
   *
   * @param fromTick the timestamp of the first wanted message, inclusive
   * @param toTick the timestamp of the last wanted message, inclusive; 0 to read for ever
   * @param window the number of bytes that may be read ahead
   * @param onArrival called by any thread when a message or the end has arrived
   */
  static Dump begin(
      MilvusRpc rpc,
      String channel,
      MessageID from,
      long fromTick,
      long toTick,
      long window,
      Runnable onArrival) {
    DumpMessagesRequest request =
        DumpMessagesRequest.newBuilder()
            .setPchannel(channel)
            .setStartMessageId(from)
            .setStartTimetick(fromTick)
            .setEndTimetick(toTick)
            .setUnknownFields(INCLUDE_START)
            .build();
    return new Dump(rpc, channel, rpc.stream(Methods.DUMP_MESSAGES, request, window, onArrival));
  }

  /**
   * Returns the next message, or null if none has arrived.
   *
   * @throws RetriableException if the source cannot be read now
   * @throws SourceException if it never can
   */
  @Nullable ImmutableMessage next() {
    DumpMessagesResponse answer;
    try {
      answer = answers.next();
    } catch (CallException e) {
      throw refused(e);
    }
    if (answer == null || answer.hasMessage()) {
      return answer == null ? null : answer.getMessage();
    }
    if (MilvusStatus.ok(answer.getStatus())) {
      return next();
    }
    throw new SourceRefusedException(
        "The source at %s does not dump channel %s: %s."
            .formatted(rpc.endpoint().uri(), channel, answer.getStatus().getReason()),
        "Correct the cause.");
  }

  /**
   * Returns whether the source has sent every message up to the last wanted timestamp, and all were
   * returned (internal/proxy/impl.go DumpMessages, 2.6.20).
   */
  boolean isComplete() {
    return answers.isComplete();
  }

  private RuntimeException refused(CallException e) {
    String where = "%s at %s".formatted(channel, rpc.endpoint().uri());
    return switch (e.kind()) {
      case UNKNOWN_CALL ->
          new SourceException(
              "The source of channel %s does not know DumpMessages.".formatted(where),
              "Upgrade it to Milvus 2.6.20 or later.",
              e);
      case UNAUTHENTICATED, DENIED ->
          new SourceRefusedException(
              "The source refuses to dump channel %s: %s.".formatted(where, e.reason()),
              "Set a token of a user with the global privilege PrivilegeManageOwnership.",
              e);
      case REFUSED ->
          new SourceException(
              "The source rejects a dump of channel %s: %s.".formatted(where, e.reason()),
              "Delete the task, and start a new one.",
              e);
      case OVERLOADED, NO_ANSWER ->
          new RetriableException(
              "Channel %s cannot be read: %s".formatted(where, e.getMessage()), "", e);
    };
  }

  @Override
  public void close() {
    answers.close();
  }
}
