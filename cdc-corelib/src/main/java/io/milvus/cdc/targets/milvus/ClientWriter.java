package io.milvus.cdc.targets.milvus;

import com.google.common.util.concurrent.ListenableFuture;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.milvus.CallException;
import io.milvus.cdc.targets.Refused;
import io.milvus.grpc.MutationResult;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends changes of rows by client writes: several lanes at once, one request at a time on each. For
 * one thread.
 */
final class ClientWriter {
  private static final int MOST_AT_ONCE = 16;

  private final TargetRpc rpc;
  private final Patience patience;
  private final InstantSource time;
  private long highest;

  /**
   * Creates a writer to a target.
   *
   * @param floor the highest timestamp of earlier sessions' writes
   */
  ClientWriter(TargetRpc rpc, Patience patience, InstantSource time, long floor) {
    this.rpc = rpc;
    this.patience = patience;
    this.time = time;
    this.highest = floor;
  }

  /** Returns the highest timestamp that the target has assigned. */
  long highestTimestamp() {
    return highest;
  }

  /**
   * Sends lanes, and returns when everything is acknowledged.
   *
   * @return the changes that the target rejected for good
   */
  List<Refused> send(Collection<Lane> lanes) throws InterruptedException {
    List<Refused> refused = new ArrayList<>();
    Deque<Run> waiting = new ArrayDeque<>();
    Deque<Run> flying = new ArrayDeque<>();
    lanes.forEach(lane -> waiting.add(new Run(lane)));
    boolean done = false;
    try {
      while (!waiting.isEmpty() || !flying.isEmpty()) {
        while (!waiting.isEmpty() && flying.size() < MOST_AT_ONCE) {
          Run run = waiting.remove();
          if (run.start(refused)) {
            flying.add(run);
          }
        }
        if (!flying.isEmpty()) {
          Run run = flying.remove();
          run.settle(refused);
          waiting.add(run);
        }
      }
      done = true;
      return refused;
    } finally {
      if (!done) {
        LastAnswers.await(flying.stream().map(Run::answer).toList());
      }
    }
  }

  /** A lane that is being sent. */
  private final class Run {
    private final Lane lane;
    private final Doubt doubt = new Doubt(time);
    private final Deque<Mutation> left = new ArrayDeque<>();
    private @Nullable ListenableFuture<MutationResult> answer;
    private boolean planned;

    Run(Lane lane) {
      this.lane = lane;
    }

    /** Sends the next request. Returns false if none is left. */
    boolean start(List<Refused> refused) throws InterruptedException {
      try {
        if (!planned) {
          planned = true;
          left.addAll(lane.requests());
        }
        if (left.isEmpty()) {
          return false;
        }
        answer = left.element().start(rpc);
        return true;
      } catch (Refusal e) {
        takeApart(refused);
        return false;
      }
    }

    private ListenableFuture<MutationResult> answer() {
      return Objects.requireNonNull(answer);
    }

    /** Waits until the request that was sent is done, or the lane is. */
    void settle(List<Refused> refused) throws InterruptedException {
      try {
        Mutation request = left.remove();
        complete(request, answer(), doubt);
      } catch (Refusal e) {
        takeApart(refused);
      }
    }

    /**
     * Finds the rejected changes: sends the changes again, one by one. Changes that were applied
     * before have the same result again.
     */
    private void takeApart(List<Refused> refused) throws InterruptedException {
      left.clear();
      for (DataEvent event : lane.events()) {
        try {
          for (Mutation request : lane.requests(List.of(event))) {
            complete(request, request.start(rpc), doubt);
          }
        } catch (Refusal e) {
          refused.add(new Refused(event, e.reason()));
        }
      }
    }
  }

  /** Sends a request again, or in halves, until all of it is accepted. */
  private void complete(Mutation request, ListenableFuture<MutationResult> first, Doubt doubt)
      throws Refusal, InterruptedException {
    ListenableFuture<MutationResult> answer = first;
    while (true) {
      MutationAnswer told = await(answer, request);
      switch (told.meaning()) {
        case DONE -> {
          highest = Math.max(highest, told.timestamp());
          patience.passed();
          return;
        }
        case LATER -> {
          doubt.clear();
          patience.pause(request.whole(), told.reason());
          answer = request.start(rpc);
        }
        case SMALLER -> {
          List<Mutation> halves = request.halves();
          if (halves.isEmpty()) {
            throw Refusal.because(request.whole(), told.reason());
          }
          for (Mutation half : halves) {
            complete(half, half.start(rpc), doubt);
          }
          return;
        }
        case NEVER -> throw Refusal.because(request.whole(), told.reason());
        case LOST ->
            throw new RefusedException(
                "The target did not %s: %s".formatted(request.what(), told.reason()), "");
        case UNCLEAR -> {
          if (doubt.ends(told)) {
            patience.passed();
            throw Refusal.because(request.whole(), told.reason());
          }
          patience.pause(request.whole(), told.reason());
          answer = request.start(rpc);
        }
      }
    }
  }

  private MutationAnswer await(ListenableFuture<MutationResult> answer, Mutation request)
      throws InterruptedException {
    try {
      return MutationAnswer.of(rpc.await(answer, request.what()));
    } catch (RefusedException e) {
      return MutationAnswer.of(e);
    } catch (RetriableException e) {
      return Causes.find(e, CallException.class)
          .filter(failed -> failed.kind() == CallException.Kind.OVERLOADED)
          .map(MutationAnswer::of)
          .orElseThrow(() -> e);
    }
  }
}
