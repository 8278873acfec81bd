package io.milvus.cdc.internal.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Calls a Milvus by gRPC. It repeats no request: a reader may, and a target must not, because the
 * outcome of an unanswered request is unknown. Thread-safe.
 */
public final class MilvusRpc implements AutoCloseable {
  private static final int MAX_ANSWER = 256 << 20;

  /** The user that every Milvus has, for a Milvus without a login. */
  private static final String NOBODY = "root:";

  private final MilvusEndpoint endpoint;
  private final ManagedChannel connection;
  private final Channel channel;

  private MilvusRpc(MilvusEndpoint endpoint, ManagedChannel connection, Channel channel) {
    this.endpoint = endpoint;
    this.connection = connection;
    this.channel = channel;
  }

  /**
   * Creates a connection. Contacts nothing yet.
   *
   * @throws ConfigException if the certificates cannot be read
   */
  public static MilvusRpc connect(MilvusEndpoint endpoint) {
    ManagedChannel connection =
        MilvusChannels.to(endpoint)
            .maxInboundMessageSize(MAX_ANSWER)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .build();
    Secret login = endpoint.credentials();
    return new MilvusRpc(
        endpoint,
        connection,
        login == null ? connection : MilvusChannels.authorized(connection, login.value()));
  }

  /**
   * Returns the same connection with a user's name in each request, even if there is no login.
   * Milvus stores the sender of some requests, and rejects them without a name. It does not check
   * the name.
   */
  public MilvusRpc signed() {
    return endpoint.credentials() == null
        ? new MilvusRpc(endpoint, connection, MilvusChannels.authorized(connection, NOBODY))
        : this;
  }

  /** Returns the Milvus that is called. */
  public MilvusEndpoint endpoint() {
    return endpoint;
  }

  /**
   * Sends a request. {@link CallException#of} explains the failure of the answer.
   *
   * @param deadline how long the answer may take
   */
  public <Q, A> ListenableFuture<A> start(Method<Q, A> method, Q request, Duration deadline) {
    return ClientCalls.futureUnaryCall(
        channel.newCall(method.descriptor(), options(deadline)), request);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws CallException if there is no answer, or if gRPC answers in the place of Milvus
   */
  public <Q, A> A call(Method<Q, A> method, Q request, Duration deadline) {
    try {
      return ClientCalls.blockingUnaryCall(
          channel, method.descriptor(), options(deadline), request);
    } catch (StatusRuntimeException e) {
      throw CallException.of(e);
    }
  }

  /**
   * Sends a request that may have many answers, without a deadline.
   *
   * @param window the number of bytes of answers that may wait for the reader, beyond the last
   *     answer
   * @param onArrival called by any thread when an answer or the end has arrived
   */
  public <Q, A extends MessageLite> AnswerStream<A> stream(
      Method<Q, A> method, Q request, long window, Runnable onArrival) {
    return AnswerStream.begin(
        channel.newCall(method.descriptor(), CallOptions.DEFAULT),
        request,
        window,
        MessageLite::getSerializedSize,
        onArrival);
  }

  private static CallOptions options(Duration deadline) {
    return CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }
}
