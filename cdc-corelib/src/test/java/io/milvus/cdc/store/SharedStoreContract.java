package io.milvus.cdc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stores promise that several machines share, on a real server. */
abstract class SharedStoreContract extends CheckpointContract {
  private static final AtomicInteger TESTS = new AtomicInteger();

  /** Long enough for a busy machine to renew it in time. */
  static final Duration LEASE = Duration.ofSeconds(4);

  final String prefix = "test%d_".formatted(TESTS.incrementAndGet());
  private final List<AutoCloseable> opened = new ArrayList<>();

  abstract ServerProcess server();

  /** A store with this prefix. */
  abstract Store open(Duration lease);

  /** Tells {@link OtherProcess} of the same store. */
  abstract OtherProcess otherProcess(Duration lease);

  @Override
  protected Store make() {
    return opened(open(Lease.USUAL));
  }

  private CheckpointStore store(Duration lease) {
    return opened(CheckpointStore.in(open(lease)));
  }

  private <T> T opened(T one) {
    opened.add((AutoCloseable) one);
    return one;
  }

  @AfterEach
  void closeThem() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  /** Claims as soon as it can be. */
  private CheckpointClaim claimAtLast(CheckpointStore from) {
    return opened(
        await()
            .atMost(LEASE.multipliedBy(3))
            .pollInterval(Duration.ofMillis(50))
            .ignoreExceptionsMatching(AlreadyOwnedException.class::isInstance)
            .until(() -> from.claim("t"), claim -> true));
  }

  private static void awaitOwned(CheckpointClaim claim) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .ignoreExceptionsMatching(StaleOwnerException.class::isInstance)
        .untilAsserted(claim::requireOwned);
  }

  @Test
  void aKilledOwnerIsReplacedAfterItsLeaseAndNotBefore() {
    CheckpointStore ours = store(LEASE);
    OtherProcess other = opened(otherProcess(LEASE));
    assertThat(other.tell("claim")).isEqualTo("done");
    assertThat(other.tell("save 1")).isEqualTo("done");
    other.kill();
    long killed = System.nanoTime();
    assertThatThrownBy(() -> ours.claim("t"))
        .isInstanceOf(AlreadyOwnedException.class)
        .hasMessageContaining("'t'")
        .hasMessageContaining("@");

    CheckpointClaim claim = claimAtLast(ours);

    Duration after = Duration.ofNanos(System.nanoTime() - killed);
    // Its last renewal was a fifth of the lease before its death, and more on a busy machine.
    assertThat(after).isGreaterThan(LEASE.dividedBy(4));
    assertThat(claim.load()).contains(checkpoint(1));
    claim.save(checkpoint(2));
    claim.requireOwned();
  }

  @Test
  void anOwnerThatLivesKeepsItsTaskBeyondTheLease() throws Exception {
    CheckpointStore ours = store(LEASE);
    CheckpointStore theirs = store(LEASE);
    try (CheckpointClaim claim = ours.claim("t")) {
      long end = System.nanoTime() + LEASE.multipliedBy(3).dividedBy(2).toNanos();
      while (System.nanoTime() < end) {
        claim.requireOwned();
        assertThatThrownBy(() -> theirs.claim("t")).isInstanceOf(AlreadyOwnedException.class);
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  @Test
  void anOwnerThatWasReplacedWhileItWasFrozenIsStale() {
    CheckpointStore ours = store(LEASE);
    OtherProcess other = opened(otherProcess(LEASE));
    assertThat(other.tell("claim")).isEqualTo("done");
    assertThat(other.tell("save 1")).isEqualTo("done");
    // On a busy machine the store's confirmation may be late, and nobody can tell until it is
    // there.
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(other.tell("owned")).isEqualTo("done"));
    other.freeze();
    CheckpointClaim claim = claimAtLast(ours);
    claim.save(checkpoint(2));
    // The first thing it does when it goes on.
    other.send("owned");
    other.thaw();

    assertThat(other.answer()).isEqualTo("stale");
    assertThat(other.tell("save 9")).isEqualTo("stale");
    assertThat(other.tell("owned")).isEqualTo("stale");
    assertThat(other.tell("close")).isEqualTo("done");
    claim.requireOwned();
    assertThat(claim.load()).contains(checkpoint(2));
    assertThat(ours.read("t")).contains(checkpoint(2));
    claim.save(checkpoint(3));
  }

  @Test
  void anOwnerThatWasFrozenGoesOnWhereNobodyReplacedIt() throws Exception {
    OtherProcess other = opened(otherProcess(LEASE));
    assertThat(other.tell("claim")).isEqualTo("done");
    assertThat(other.tell("save 1")).isEqualTo("done");
    other.freeze();
    TimeUnit.MILLISECONDS.sleep(LEASE.plusSeconds(2).toMillis());
    other.send("owned");
    other.thaw();

    assertThat(other.answer()).isEqualTo("stale");
    await().atMost(20, TimeUnit.SECONDS).until(() -> other.tell("owned").equals("done"));
    assertThat(other.tell("save 2")).isEqualTo("done");
    CheckpointStore ours = store(LEASE);
    assertThat(ours.read("t")).contains(checkpoint(2));
    assertThatThrownBy(() -> ours.claim("t")).isInstanceOf(AlreadyOwnedException.class);
  }

  @Test
  void exactlyOneWinsWhoeverFights() throws Exception {
    List<CheckpointStore> fighters = List.of(store, store(Lease.USUAL), store(Lease.USUAL));
    ExecutorService pool = Executors.newFixedThreadPool(fighters.size());
    try {
      for (int round = 0; round < 50; round++) {
        // New tasks and known ones: stores treat them differently.
        String task = round % 2 == 0 ? "known" : "new" + round;
        CyclicBarrier barrier = new CyclicBarrier(fighters.size());
        List<CheckpointClaim> won = new ArrayList<>();
        List<Callable<CheckpointClaim>> claims = new ArrayList<>();
        for (CheckpointStore fighter : fighters) {
          claims.add(
              () -> {
                barrier.await();
                try {
                  return fighter.claim(task);
                } catch (AlreadyOwnedException e) {
                  return null;
                }
              });
        }
        for (var claim : pool.invokeAll(claims)) {
          if (claim.get() != null) {
            won.add(claim.get());
          }
        }
        assertThat(won).as("round " + round).hasSize(1);
        won.get(0).save(checkpoint(round));
        assertThat(store.read(task)).contains(checkpoint(round));
        won.get(0).close();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aReaderNeverSeesHalfACheckpoint() throws Exception {
    Checkpoint one = big(300, noise(1_500_000));
    Checkpoint two = big(1, noise(2_500_000));
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(one);
      var writing =
          pool.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  claim.save(i % 2 == 0 ? two : one);
                }
              });
      int reads = 0;
      while (!writing.isDone()) {
        Checkpoint seen = store.read("t").orElseThrow();
        assertThat(seen.equals(one) || seen.equals(two)).isTrue();
        reads++;
      }
      writing.get();
      assertThat(reads).isPositive();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theServerMayRestartBetweenSaves() {
    try (CheckpointClaim claim = store.claim("t")) {
      for (int i = 1; i <= 2; i++) {
        claim.save(checkpoint(i));
        server().killAndRestart();
        assertThat(claim.load()).contains(checkpoint(i));
        awaitOwned(claim);
      }
      claim.save(checkpoint(3));
      assertThat(store.read("t")).contains(checkpoint(3));
    }
    store.claim("t").close();
  }

  @Test
  void aSaveWaitsForAServerThatIsFrozenForAMoment() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(checkpoint(1));
      server().freeze();
      var saving = pool.submit(() -> claim.save(checkpoint(2)));
      TimeUnit.MILLISECONDS.sleep(1500);
      server().thaw();
      saving.get();
      assertThat(claim.load()).contains(checkpoint(2));
      awaitOwned(claim);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aSaveWithoutAnAnswerIsSettledByTheNextLoad() throws Exception {
    CheckpointStore ours = store(LEASE);
    CheckpointClaim claim = opened(ours.claim("t"));
    claim.save(checkpoint(1));
    server().freeze();
    try {
      assertThatThrownBy(() -> claim.save(checkpoint(2)))
          .isInstanceOf(UnknownOutcomeException.class)
          .hasMessageContaining("'t'");
      assertThatThrownBy(claim::requireOwned).isInstanceOf(StaleOwnerException.class);
      assertThatThrownBy(() -> ours.read("t")).isInstanceOf(CheckpointException.class);
    } finally {
      server().thaw();
    }
    Checkpoint settled = claim.load().orElseThrow();
    assertThat(settled).isIn(checkpoint(1), checkpoint(2));
    TimeUnit.SECONDS.sleep(1);
    assertThat(claim.load()).contains(settled);
    claim.save(checkpoint(3));
    awaitOwned(claim);
    TimeUnit.SECONDS.sleep(1);
    assertThat(claim.load()).contains(checkpoint(3));
  }

  @Test
  void aServerThatWasDeadForLongerThanTheLeaseCostsNobodyTheTask() throws Exception {
    CheckpointStore ours = store(LEASE);
    CheckpointClaim claim = opened(ours.claim("t"));
    claim.save(checkpoint(1));
    server().kill();
    try {
      assertThatThrownBy(() -> claim.save(checkpoint(2)))
          .isInstanceOf(UnknownOutcomeException.class);
      await()
          .atMost(LEASE.multipliedBy(2))
          .untilAsserted(
              () ->
                  assertThatThrownBy(claim::requireOwned).isInstanceOf(StaleOwnerException.class));
    } finally {
      server().start();
    }
    assertThat(claim.load()).isPresent();
    claim.save(checkpoint(3));
    awaitOwned(claim);
    assertThat(ours.read("t")).contains(checkpoint(3));
    assertThatThrownBy(() -> ours.claim("t")).isInstanceOf(AlreadyOwnedException.class);
  }
}
