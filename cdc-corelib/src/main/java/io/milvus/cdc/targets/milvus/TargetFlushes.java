package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.Status;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongFunction;

/**
 * Flushes collections of a target. A standby accepts that like any Milvus: it seals segments at
 * once, and stores them when ticks reach its own time (Milvus 2.3 internal/datacoord/services.go
 * Flush).
 */
final class TargetFlushes {
  private final TargetRpc rpc;
  private final InstantSource time;
  private final LongFunction<MsgBase> base;

  TargetFlushes(TargetRpc rpc, InstantSource time, LongFunction<MsgBase> base) {
    this.rpc = rpc;
    this.time = time;
    this.base = base;
  }

  /** Begins a flush. Completes with the reason of a rejection, or with an empty text. */
  CompletableFuture<String> begin(TargetCatalog.Name of) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    FlushRequest request =
        FlushRequest.newBuilder()
            .setBase(base.apply(Timestamps.of(time.instant())))
            .setDbName(of.database())
            .addCollectionNames(of.collection())
            .build();
    ListenableFuture<FlushResponse> answer = rpc.start(Methods.FLUSH, request);
    answer.addListener(() -> outcome.complete(refusal(of, answer)), Runnable::run);
    return outcome;
  }

  private static String refusal(TargetCatalog.Name of, ListenableFuture<FlushResponse> answer) {
    String why;
    try {
      Status status = Objects.requireNonNull(Futures.getDone(answer)).getStatus();
      why = MilvusStatus.ok(status) ? "" : Answers.describe(status);
    } catch (ExecutionException | CancellationException e) {
      why = Causes.root(e);
    }
    return why.isEmpty() ? "" : "The target did not flush %s: %s".formatted(of, why);
  }
}
