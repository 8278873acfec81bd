package io.milvus.cdc.testkit;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.DumpMessagesRequest;
import io.milvus.grpc.DumpMessagesResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code DumpMessages} for a {@link FakeWal} over real gRPC as Milvus 2.6.20 does: it sends
 * no ticks, ends well at a given timestamp only, says nothing about an unknown channel, and begins
 * elsewhere without a word if a message is gone.
 */
public final class FakeDumps implements AutoCloseable {
  private static final String SERVICE = "milvus.proto.milvus.MilvusService";
  private static final int INCLUDE_START = 5;

  private final FakeWal wal;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Server server;
  private volatile boolean ready = true;
  private volatile boolean stalled;

  public FakeDumps(FakeWal wal) {
    this.wal = wal;
    server = start(0);
  }

  private Server start(int port) {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(
                MethodDescriptor.<DumpMessagesRequest, DumpMessagesResponse>newBuilder()
                    .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                    .setFullMethodName(SERVICE + "/DumpMessages")
                    .setRequestMarshaller(
                        ProtoUtils.marshaller(DumpMessagesRequest.getDefaultInstance()))
                    .setResponseMarshaller(
                        ProtoUtils.marshaller(DumpMessagesResponse.getDefaultInstance()))
                    .build(),
                ServerCalls.asyncServerStreamingCall(this::dump))
            .addMethod(
                MethodDescriptor.<AllocTimestampRequest, AllocTimestampResponse>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(SERVICE + "/AllocTimestamp")
                    .setRequestMarshaller(
                        ProtoUtils.marshaller(AllocTimestampRequest.getDefaultInstance()))
                    .setResponseMarshaller(
                        ProtoUtils.marshaller(AllocTimestampResponse.getDefaultInstance()))
                    .build(),
                ServerCalls.asyncUnaryCall(this::timestamp))
            .build();
    try {
      return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
          .addService(service)
          .executor(threads)
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** Kills the server with all its streams, and starts another one at the same port. */
  public void restart() throws InterruptedException {
    int port = server.getPort();
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    server = start(port);
  }

  /** Lets it answer as while it starts, or normally again. */
  public void ready(boolean is) {
    ready = is;
  }

  /** Holds back messages of endless streams, or sends them again. */
  public void stalled(boolean is) {
    stalled = is;
  }

  private void timestamp(
      AllocTimestampRequest request, StreamObserver<AllocTimestampResponse> answer) {
    if (!ready) {
      answer.onError(notReady());
      return;
    }
    answer.onNext(AllocTimestampResponse.newBuilder().setTimestamp(wal.timestamp()).build());
    answer.onCompleted();
  }

  private static StatusRuntimeException notReady() {
    return unknown("service unavailable: internal: Milvus Proxy is not ready yet. please wait");
  }

  private static StatusRuntimeException unknown(String text) {
    return Status.UNKNOWN.withDescription(text).asRuntimeException();
  }

  private void dump(DumpMessagesRequest request, StreamObserver<DumpMessagesResponse> observer) {
    ServerCallStreamObserver<DumpMessagesResponse> answers =
        (ServerCallStreamObserver<DumpMessagesResponse>) observer;
    answers.setOnCancelHandler(() -> {});
    if (!ready) {
      answers.onError(notReady());
      return;
    }
    threads.execute(
        () -> {
          try {
            send(request, answers);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (StatusRuntimeException e) {
            answers.onError(e);
          } catch (IOException e) {
            answers.onError(unknown("invalid start_message_id: " + e.getMessage()));
          }
        });
  }

  private void send(
      DumpMessagesRequest request, ServerCallStreamObserver<DumpMessagesResponse> answers)
      throws IOException, InterruptedException {
    String channel = request.getPchannel();
    while (!wal.has(channel)) {
      wal.awaitChange(10);
      if (answers.isCancelled()) {
        return;
      }
    }
    long end = request.getEndTimetick();
    int next = wal.from(channel, request.getStartMessageId());
    if (request.getUnknownFields().getField(INCLUDE_START).getVarintList().isEmpty()) {
      next++;
    }
    while (!answers.isCancelled()) {
      FakeWal.Entry entry = end == 0 && stalled ? null : wal.get(channel, next);
      if (entry == null) {
        // Opening a dump writes a tick of this moment.
        if (end != 0 && wal.timestamp() > end && wal.get(channel, next) == null) {
          answers.onCompleted();
          return;
        }
        wal.awaitChange(5);
        continue;
      }
      if (end != 0 && entry.tick() > end) {
        answers.onCompleted();
        return;
      }
      next++;
      if (entry.tick() >= request.getStartTimetick()) {
        while (!answers.isReady() && !answers.isCancelled()) {
          wal.awaitChange(1);
        }
        if (!answers.isCancelled()) {
          answers.onNext(DumpMessagesResponse.newBuilder().setMessage(entry.message()).build());
        }
      }
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    threads.shutdownNow();
  }
}
