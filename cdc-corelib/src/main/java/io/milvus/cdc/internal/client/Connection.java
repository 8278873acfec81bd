package io.milvus.cdc.internal.client;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.internal.milvus.Dialect;
import io.milvus.cdc.internal.milvus.Method;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.cdc.internal.milvus.Passing;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connects to a Milvus, and repeats a request while the Milvus is unreachable or not ready. */
public final class Connection implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final MilvusRpc rpc;
  private final Duration patience;
  private volatile @Nullable Dialect dialect;

  private Connection(MilvusRpc rpc, Duration patience) {
    this.rpc = rpc;
    this.patience = patience;
  }

  /**
   * Returns a connection; nothing is contacted yet.
   *
   * @param patience how long to retry if Milvus is unreachable or not ready
   * @throws ConfigException if the certificates cannot be read
   */
  public static Connection to(MilvusEndpoint endpoint, Duration patience) {
    return new Connection(MilvusRpc.connect(endpoint).signed(), patience);
  }

  public String uri() {
    return rpc.endpoint().uri().toString();
  }

  /** Returns the dialect of keys in the Milvus. Requested once. */
  Dialect dialect() {
    Dialect known = dialect;
    if (known == null) {
      known =
          Dialect.ofVersion(
              call(
                      "read its version",
                      Repeat.ALWAYS,
                      Methods.GET_VERSION,
                      GetVersionRequest.getDefaultInstance())
                  .getVersion());
      dialect = known;
    }
    return known;
  }

  /** Sends a request whose answer is only a status. */
  public <Q> void change(String what, Method<Q, Status> method, Q request) {
    var unused = call(what, Repeat.ALWAYS, method, request);
  }

  /** Sends a request, and repeats it while it fails temporarily. */
  public <Q, A> A call(String what, Repeat repeat, Method<Q, A> method, Q request) {
    long giveUp = System.nanoTime() + patience.toNanos();
    for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
      Attempt<A> attempt = attempt(what, method, request);
      if (attempt.answer() != null) {
        return attempt.answer();
      }
      MilvusException failure = attempt.failure();
      boolean again = attempt.passing() && (repeat == Repeat.ALWAYS || !failure.unsure());
      if (!again || System.nanoTime() - giveUp > 0) {
        throw failure;
      }
      sleep(pause);
    }
  }

  private <Q, A> Attempt<A> attempt(String what, Method<Q, A> method, Q request) {
    try {
      A answer = rpc.call(method, request, DEADLINE);
      Status status = method.statusOf(answer);
      return MilvusStatus.ok(status)
          ? Attempt.of(answer)
          : Attempt.failed(MilvusException.refused(what, uri(), status), Passing.is(status));
    } catch (CallException e) {
      return Attempt.failed(MilvusException.noAnswer(what, uri(), e), passing(e));
    }
  }

  private static boolean passing(CallException e) {
    return switch (e.kind()) {
      case NO_ANSWER, OVERLOADED -> true;
      case UNAUTHENTICATED, DENIED, UNKNOWN_CALL, REFUSED -> false;
    };
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  /** Sleeps for a moment. */
  public static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MilvusException.waited("Interrupted while waiting for Milvus");
    }
  }

  @Override
  public void close() {
    rpc.close();
  }

  /** Holds the result of one attempt: an answer, or a temporary or permanent failure. */
  private record Attempt<A>(@Nullable A answer, @Nullable MilvusException failed, boolean passing) {
    static <A> Attempt<A> of(A answer) {
      return new Attempt<>(answer, null, false);
    }

    static <A> Attempt<A> failed(MilvusException e, boolean passing) {
      return new Attempt<>(null, e, passing);
    }

    MilvusException failure() {
      if (failed == null) {
        throw new IllegalStateException("There was an answer");
      }
      return failed;
    }
  }
}
