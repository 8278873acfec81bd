package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Catalog;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Combines several followers, the most urgent first. */
final class Followers implements Follower {
  /**
   * The longest time of {@link #stepFor}, so that rows and new changes never wait for many steps.
   */
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final List<Follower> all;

  Followers(List<Follower> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void plan(Catalog has, Catalog source) {
    all.forEach(one -> one.plan(has, source));
  }

  @Override
  public void turn(Turn turn) {
    all.forEach(one -> one.turn(turn));
  }

  @Override
  public boolean mustStoreFirst() {
    // Each follower is asked, because the answer resets itself.
    return all.stream().filter(Follower::mustStoreFirst).count() > 0;
  }

  @Override
  public boolean isDue() {
    return all.stream().anyMatch(Follower::isDue);
  }

  @Override
  public boolean step() throws InterruptedException {
    for (Follower one : all) {
      if (one.step()) {
        return true;
      }
    }
    return false;
  }

  /** Performs steps for a moment, or until none is due or {@code stop} returns true. */
  void stepFor(BooleanSupplier stop) throws InterruptedException {
    long end = System.nanoTime() + MOMENT.toNanos();
    while (!stop.getAsBoolean() && System.nanoTime() < end && step()) {}
  }

  @Override
  public List<String> limitations() {
    return all.stream().flatMap(one -> one.limitations().stream()).toList();
  }
}
