package io.milvus.cdc.examples.e2e.bench;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Runs checks that mostly wait, each in a thread of its own. */
public final class Together {
  private Together() {}

  /** Returns when all have ended; throws what one of them has thrown. */
  public static void run(Runnable... checks) {
    CompletableFuture.allOf(
            Stream.of(checks)
                .map(check -> CompletableFuture.runAsync(check, run -> new Thread(run).start()))
                .toArray(CompletableFuture[]::new))
        .join();
  }
}
