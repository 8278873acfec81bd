package io.milvus.cdc.examples.e2e.bench;

import io.milvus.cdc.sources.Pinning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/** When a mirror's process dies. */
public enum Moment {
  WHILE_RUNNING {
    @Override
    void die(Bench bench, Path state, Path log, MirrorProcess mirror, SplittableRandom random)
        throws InterruptedException {
      mirror.awaitOutput("state=RUNNING", SOON);
      Thread.sleep(random.nextLong(1000, 5000));
    }
  },
  RIGHT_AFTER_ITS_START {
    @Override
    void die(Bench bench, Path state, Path log, MirrorProcess mirror, SplittableRandom random)
        throws InterruptedException {
      Thread.sleep(random.nextLong(500, 3000));
    }
  },
  WHILE_CATCHING_UP {
    @Override
    void die(Bench bench, Path state, Path log, MirrorProcess mirror, SplittableRandom random)
        throws InterruptedException {
      mirror.awaitOutput("state=RUNNING", SOON);
      Thread.sleep(random.nextLong(0, 500));
    }
  },
  AROUND_A_CHANGE_OF_THE_CATALOG {
    @Override
    void die(Bench bench, Path state, Path log, MirrorProcess mirror, SplittableRandom random)
        throws InterruptedException {
      mirror.awaitOutput("state=RUNNING", SOON);
      mirror.awaitOutput("change ", SOON);
      Thread.sleep(random.nextLong(0, 60));
    }
  },
  TWICE_WITHIN_A_SECOND {
    @Override
    void die(Bench bench, Path state, Path log, MirrorProcess mirror, SplittableRandom random)
        throws InterruptedException {
      mirror.awaitOutput("state=RUNNING", SOON);
      mirror.kill();
      MirrorProcess second = mirror(bench, state, log, random);
      Thread.sleep(random.nextLong(100, 900));
      second.kill();
    }
  };

  static final Duration SOON = Duration.ofMinutes(1);

  /** They take turns. */
  static Moment of(int kill) {
    return values()[kill % values().length];
  }

  /** Starts a mirror and kills it at that moment. */
  void liveAndDie(Bench bench, Path state, Path log, SplittableRandom random)
      throws InterruptedException {
    try (MirrorProcess mirror = mirror(bench, state, log, random)) {
      die(bench, state, log, mirror, random);
    }
    System.out.println("killed " + this);
  }

  /** A mirror that pins what it has not read, or does not. */
  private static MirrorProcess mirror(Bench bench, Path state, Path log, SplittableRandom random) {
    Pinning pinning = random.nextBoolean() ? Pinning.ALWAYS : Pinning.NEVER;
    return bench.mirror(state, log, Map.of("pinning", pinning.name()));
  }

  abstract void die(
      Bench bench, Path state, Path log, MirrorProcess mirror, SplittableRandom random)
      throws InterruptedException;
}
