package io.milvus.cdc.internal.milvus;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Receives the answers of a call that may have many. It asks for no more while answers of so many
 * bytes wait here, so a slow reader needs little memory. Thread-safe.
 */
public final class AnswerStream<A> implements AutoCloseable {
  private final ClientCall<?, A> call;
  private final long window;
  private final ToIntFunction<A> size;
  private final Runnable onArrival;
  private final Queue<A> arrived = new ArrayDeque<>();
  private long bytes;
  private boolean asked;
  private @Nullable Status end;

  private AnswerStream(
      ClientCall<?, A> call, long window, ToIntFunction<A> size, Runnable onArrival) {
    this.call = call;
    this.window = window;
    this.size = size;
    this.onArrival = onArrival;
  }

  /**
   * Sends a request.
   *
   * @param window the number of bytes that may wait here, beyond the last answer
   * @param onArrival called by any thread when an answer or the end has arrived
   */
  static <Q, A> AnswerStream<A> begin(
      ClientCall<Q, A> call, Q request, long window, ToIntFunction<A> size, Runnable onArrival) {
    AnswerStream<A> stream = new AnswerStream<>(call, window, size, onArrival);
    call.start(stream.new Listener(), new Metadata());
    call.sendMessage(request);
    call.halfClose();
    stream.ask();
    return stream;
  }

  /**
   * Returns the next answer, or null if none has arrived.
   *
   * @throws CallException if the call has failed, after all answers were returned
   */
  public @Nullable A next() {
    A next;
    synchronized (this) {
      next = arrived.poll();
      if (next == null) {
        if (end != null && !end.isOk()) {
          throw CallException.of(new StatusRuntimeException(end));
        }
        return null;
      }
      bytes -= size.applyAsInt(next);
    }
    ask();
    return next;
  }

  /** Returns whether the call has ended well and all answers were returned. */
  public synchronized boolean isComplete() {
    return end != null && end.isOk() && arrived.isEmpty();
  }

  private void ask() {
    synchronized (this) {
      if (asked || end != null || bytes >= window) {
        return;
      }
      asked = true;
    }
    call.request(1);
  }

  /** Cancels the call. Answers that have arrived are still returned. */
  @Override
  public void close() {
    call.cancel("The reader is closed", null);
  }

  private final class Listener extends ClientCall.Listener<A> {
    @Override
    public void onMessage(A answer) {
      synchronized (AnswerStream.this) {
        asked = false;
        arrived.add(answer);
        bytes += size.applyAsInt(answer);
      }
      ask();
      onArrival.run();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      synchronized (AnswerStream.this) {
        end = status;
      }
      onArrival.run();
    }
  }
}
