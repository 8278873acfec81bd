package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.client.MilvusChannels;
import io.milvus.cdc.internal.client.Passing;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls Milvus's own gRPC service, on a channel of its own. The SDK has no public {@code
 * ReplicateMessage}, and none of its calls carries replicate info.
 */
final class MilvusRpc implements AutoCloseable {
  private static final String SERVICE = "milvus.proto.milvus.MilvusService/";
  private static final int MAX_ANSWER = 64 << 20;

  /**
   * The number of small requests to send at once: enough to hide the latency, and no burden to the
   * target.
   */
  private static final int AT_ONCE = 16;

  /** The user that every Milvus has, for targets without a login. */
  private static final String NOBODY = "root:";

  private final TargetSettings settings;
  private final ManagedChannel connection;
  private final Channel channel;
  private final Channel signing;

  private MilvusRpc(TargetSettings settings, ManagedChannel connection) {
    this.settings = settings;
    this.connection = connection;
    String login = settings.login();
    this.channel = login.isEmpty() ? connection : MilvusChannels.authorized(connection, login);
    this.signing = login.isEmpty() ? MilvusChannels.authorized(connection, NOBODY) : channel;
  }

  static MilvusRpc connect(TargetSettings settings) {
    return new MilvusRpc(
        settings,
        MilvusChannels.to(settings.endpoint())
            .maxInboundMessageSize(MAX_ANSWER)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .build());
  }

  /** Describes one call of the service. */
  static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
      String name, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(SERVICE + name)
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }

  /** Describes one call of the service whose request is given in its encoded form. */
  static <A extends Message> MethodDescriptor<ByteString, A> encodedMethod(String name, A answer) {
    return MethodDescriptor.<ByteString, A>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(SERVICE + name)
        .setRequestMarshaller(
            new MethodDescriptor.Marshaller<>() {
              @Override
              public InputStream stream(ByteString request) {
                return request.newInput();
              }

              @Override
              public ByteString parse(InputStream stream) {
                throw new UnsupportedOperationException("Requests are sent, not read");
              }
            })
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }

  <Q, A> ListenableFuture<A> start(MethodDescriptor<Q, A> method, Q request) {
    return start(channel, method, request);
  }

  private <Q, A> ListenableFuture<A> start(
      Channel through, MethodDescriptor<Q, A> method, Q request) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(
            settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
    return ClientCalls.futureUnaryCall(through.newCall(method, options), request);
  }

  <Q, A> A call(MethodDescriptor<Q, A> method, Q request) throws InterruptedException {
    return await(start(method, request), method.getBareMethodName());
  }

  /** Returns the answers to several requests, in their order. Some requests run at once. */
  <Q, A> List<A> callAll(MethodDescriptor<Q, A> method, List<Q> requests)
      throws InterruptedException {
    List<A> answers = new ArrayList<>(requests.size());
    Queue<Future<A>> underway = new ArrayDeque<>();
    for (Q request : requests) {
      if (underway.size() == AT_ONCE) {
        answers.add(await(underway.remove(), method.getBareMethodName()));
      }
      underway.add(start(method, request));
    }
    for (Future<A> answer : underway) {
      answers.add(await(answer, method.getBareMethodName()));
    }
    return answers;
  }

  /**
   * Sends a request of which Milvus stores the sender, and which it rejects without a user's name.
   */
  <Q, A> A callSigned(MethodDescriptor<Q, A> method, Q request) throws InterruptedException {
    return await(start(signing, method, request), method.getBareMethodName());
  }

  /**
   * Waits for an answer.
   *
   * @throws UnknownCallException if the target does not know the call
   * @throws ConfigException if the target rejects the credentials
   * @throws UnknownOutcomeException if there was no answer
   */
  <A> A await(Future<A> answer, @Nullable String what) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause(), what);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private RuntimeException failure(Throwable cause, @Nullable String what) {
    Status status =
        cause instanceof StatusRuntimeException failed ? failed.getStatus() : Status.UNKNOWN;
    String detail = "%s at %s: %s".formatted(what, settings.uri(), cause.getMessage());
    return switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new ConfigException(
              settings.login().isEmpty()
                  ? "The target asks for credentials for " + detail + "."
                  : "The target refuses the credentials for " + detail + ".",
              settings.login().isEmpty() ? "Set its token." : "Check its token.",
              cause);
      case UNIMPLEMENTED -> new UnknownCallException("The target does not know " + detail, cause);
      case RESOURCE_EXHAUSTED ->
          new RetriableException("The target is overloaded: " + detail, "", cause);
      default ->
          isAnswer(status)
              ? new RefusedException("The target refused " + detail, "", cause)
              : new UnknownOutcomeException("No answer to " + detail, "", cause);
    };
  }

  /** Returns whether the server itself rejected the call, and not the network. */
  private static boolean isAnswer(Status status) {
    String said = String.valueOf(status.getDescription());
    return switch (status.getCode()) {
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, NOT_FOUND, ALREADY_EXISTS ->
          !Passing.mentionedIn(said);
      case UNKNOWN -> status.getDescription() != null && !Passing.mentionedIn(said);
      case INTERNAL -> said.contains("unmarshal");
      default -> false;
    };
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }
}
