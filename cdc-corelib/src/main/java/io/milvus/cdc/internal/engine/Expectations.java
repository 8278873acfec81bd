package io.milvus.cdc.internal.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the stages that callers wait on. Each completes on a thread of the common pool, so that its
 * continuations never delay a task. Thread-safe.
 */
final class Expectations {
  private final List<Expectation<?>> open = new CopyOnWriteArrayList<>();

  /**
   * A stage and the question that ends it. The question returns null while it has no answer, and
   * may throw.
   */
  private record Expectation<T>(Supplier<@Nullable T> question, CompletableFuture<T> stage) {

    /** Returns whether the stage has an outcome. */
    boolean isOver() {
      try {
        T answer = question.get();
        if (answer == null) {
          return false;
        }
        stage.completeAsync(() -> answer);
      } catch (RuntimeException e) {
        stage.completeAsync(
            () -> {
              throw e;
            });
      }
      return true;
    }
  }

  /** Returns a stage that completes once the question returns an answer or throws. */
  <T> CompletionStage<T> until(Supplier<@Nullable T> question) {
    Expectation<T> expectation = new Expectation<>(question, new CompletableFuture<>());
    open.add(expectation);
    look();
    return expectation.stage().minimalCompletionStage();
  }

  /** Asks all questions again. Cheap if there are none. */
  void look() {
    open.removeIf(Expectation::isOver);
  }
}
