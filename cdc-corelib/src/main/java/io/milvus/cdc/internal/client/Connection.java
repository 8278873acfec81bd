package io.milvus.cdc.internal.client;

import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.TlsSettings;
import io.milvus.cdc.error.ConfigException;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.ClientInterceptor;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Connects to a Milvus by gRPC, and retries while the Milvus is unreachable. */
public final class Connection implements AutoCloseable {
  private static final int MAX_MESSAGE = 256 << 20;
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /**
   * The login if there is none. Milvus stores the name of a grantor, so it requires a name without
   * checking it.
   */
  private static final String NOBODY = "root:";

  private final String uri;
  private final Duration patience;
  private final ManagedChannel channel;
  private final MilvusServiceBlockingStub stub;
  private volatile @Nullable Dialect dialect;

  private Connection(String uri, Duration patience, ManagedChannel channel) {
    this.uri = uri;
    this.patience = patience;
    this.channel = channel;
    this.stub =
        MilvusServiceGrpc.newBlockingStub(channel)
            .withMaxInboundMessageSize(MAX_MESSAGE)
            .withMaxOutboundMessageSize(MAX_MESSAGE);
  }

  /**
   * Returns a connection; nothing is contacted yet.
   *
   * @param patience how long to retry if Milvus is unreachable or not ready
   * @throws ConfigException if the certificates cannot be read
   */
  public static Connection to(MilvusEndpoint endpoint, Duration patience) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(endpoint.uri().getHost(), endpoint.port())
            .maxInboundMessageSize(MAX_MESSAGE)
            .keepAliveTime(20, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS);
    String login = endpoint.credentials() == null ? NOBODY : endpoint.credentials().value();
    return new Connection(
        endpoint.uri().toString(),
        patience,
        secured(builder, endpoint).intercept(authorized(login)).build());
  }

  private static NettyChannelBuilder secured(NettyChannelBuilder builder, MilvusEndpoint endpoint) {
    if (!endpoint.usesTls()) {
      return builder.usePlaintext();
    }
    TlsSettings tls = endpoint.tls();
    if (tls.serverName() != null) {
      builder.overrideAuthority(tls.serverName());
    }
    if (MilvusChannels.usual(tls)) {
      return builder.useTransportSecurity();
    }
    try {
      SslContextBuilder context = GrpcSslContexts.forClient();
      if (tls.trusted() != null) {
        context.trustManager(tls.trusted().toFile());
      }
      if (tls.clientCertificate() != null && tls.clientKey() != null) {
        context.keyManager(tls.clientCertificate().toFile(), tls.clientKey().toFile());
      }
      return builder.sslContext(context.build());
    } catch (SSLException | IllegalArgumentException e) {
      throw MilvusChannels.unreadable(tls, e);
    }
  }

  private static ClientInterceptor authorized(String login) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  public String uri() {
    return uri;
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
                      asked -> asked.getVersion(GetVersionRequest.getDefaultInstance()),
                      GetVersionResponse::getStatus)
                  .getVersion());
      dialect = known;
    }
    return known;
  }

  /** Sends a request whose answer is only a status. */
  public void change(String what, Function<MilvusServiceBlockingStub, Status> request) {
    call(what, Repeat.ALWAYS, request, Function.identity());
  }

  /** Sends a request, and repeats it while it fails temporarily. */
  public <A> A call(
      String what,
      Repeat repeat,
      Function<MilvusServiceBlockingStub, A> request,
      Function<A, Status> statusOf) {
    long giveUp = System.nanoTime() + patience.toNanos();
    for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
      Attempt<A> attempt = attempt(what, request, statusOf);
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

  private <A> Attempt<A> attempt(
      String what, Function<MilvusServiceBlockingStub, A> request, Function<A, Status> statusOf) {
    try {
      A answer = request.apply(stub.withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS));
      Status status = statusOf.apply(answer);
      return Answers.ok(status)
          ? Attempt.of(answer)
          : Attempt.failed(MilvusException.refused(what, uri, status), Passing.is(status));
    } catch (StatusRuntimeException e) {
      return Attempt.failed(MilvusException.noAnswer(what, uri, !neverConnected(e), e), passing(e));
    }
  }

  private static boolean passing(StatusRuntimeException e) {
    return switch (e.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNKNOWN -> true;
      default -> false;
    };
  }

  private static boolean neverConnected(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
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
    channel.shutdownNow();
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
