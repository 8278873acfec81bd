package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.internal.milvus.Method;
import io.milvus.cdc.internal.milvus.MilvusRpc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Calls the target, and throws the exception that says what a caller may do after a failure. */
final class TargetRpc implements AutoCloseable {
  /**
   * The number of small requests to send at once: enough to hide the latency, and no burden to the
   * target.
   */
  private static final int AT_ONCE = 16;

  private final TargetSettings settings;
  private final MilvusRpc rpc;
  private final MilvusRpc signing;

  private TargetRpc(TargetSettings settings, MilvusRpc rpc) {
    this.settings = settings;
    this.rpc = rpc;
    this.signing = rpc.signed();
  }

  static TargetRpc connect(TargetSettings settings) {
    return new TargetRpc(settings, MilvusRpc.connect(settings.endpoint()));
  }

  <Q, A> ListenableFuture<A> start(Method<Q, A> method, Q request) {
    return rpc.start(method, request, settings.deadline());
  }

  <Q, A> A call(Method<Q, A> method, Q request) throws InterruptedException {
    return await(start(method, request), method.name());
  }

  /** Returns the answers to several requests, in their order. Some requests run at once. */
  <Q, A> List<A> callAll(Method<Q, A> method, List<Q> requests) throws InterruptedException {
    List<A> answers = new ArrayList<>(requests.size());
    Queue<Future<A>> underway = new ArrayDeque<>();
    for (Q request : requests) {
      if (underway.size() == AT_ONCE) {
        answers.add(await(underway.remove(), method.name()));
      }
      underway.add(start(method, request));
    }
    for (Future<A> answer : underway) {
      answers.add(await(answer, method.name()));
    }
    return answers;
  }

  /**
   * Sends a request of which Milvus stores the sender, and which it rejects without a user's name.
   */
  <Q, A> A callSigned(Method<Q, A> method, Q request) throws InterruptedException {
    return await(signing.start(method, request, settings.deadline()), method.name());
  }

  /**
   * Waits for an answer.
   *
   * @throws UnknownCallException if the target does not know the call
   * @throws ConfigException if the target rejects the credentials
   * @throws UnknownOutcomeException if there was no answer
   */
  <A> A await(Future<A> answer, String what) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(CallException.of(e.getCause() == null ? e : e.getCause()), what);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private RuntimeException failure(CallException cause, String what) {
    String detail = "%s at %s: %s".formatted(what, settings.uri(), cause.getMessage());
    return switch (cause.kind()) {
      case UNAUTHENTICATED, DENIED ->
          new ConfigException(
              settings.login().isEmpty()
                  ? "The target asks for credentials for " + detail + "."
                  : "The target refuses the credentials for " + detail + ".",
              settings.login().isEmpty() ? "Set its token." : "Check its token.",
              cause);
      case UNKNOWN_CALL -> new UnknownCallException("The target does not know " + detail, cause);
      case OVERLOADED -> new RetriableException("The target is overloaded: " + detail, "", cause);
      case REFUSED -> new RefusedException("The target refused " + detail, "", cause);
      case NO_ANSWER -> new UnknownOutcomeException("No answer to " + detail, "", cause);
    };
  }

  @Override
  public void close() {
    rpc.close();
  }
}
