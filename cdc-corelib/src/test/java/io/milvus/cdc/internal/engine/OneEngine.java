package io.milvus.cdc.internal.engine;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.FakeTarget;
import io.milvus.cdc.testkit.Messages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine between a source and two targets in memory. */
final class OneEngine implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);
  static final long T = Timestamps.of(Instant.now().minusSeconds(60));
  private static final long MEMORY = 1 << 20;
  static final CollectionEntry BOOKS = Entries.collection(1, "books", T, "s-dml_0");

  final FakeSource source = new FakeSource("s-dml_0", "s-dml_1");
  final FakeTarget target = new FakeTarget();
  final FakeTarget other = new FakeTarget();
  final CheckpointStore store;
  final List<String> states = Collections.synchronizedList(new ArrayList<>());
  final Engine engine;

  /** Of the latest change of a state. */
  volatile @Nullable Throwable latestCause;

  /** Where the engine's clock stands, or null where it goes. */
  volatile @Nullable Instant stoppedAt;

  OneEngine(Path directory, CdcListener... more) {
    this(directory, CheckpointStore.in(new InMemoryStore()), more);
  }

  /** An engine with so little memory that it must divide what comes together. */
  static OneEngine small(Path directory, CdcListener... more) {
    return new OneEngine(directory, CheckpointStore.in(new InMemoryStore()), Map.of(), 400, more);
  }

  /** An engine with one more target, {@code milvus}. */
  OneEngine(Path directory, ChangeTarget milvus) {
    this(directory, CheckpointStore.in(new InMemoryStore()), Map.of("milvus", milvus), MEMORY);
  }

  OneEngine(Path directory, CheckpointStore store, CdcListener... more) {
    this(directory, store, Map.of(), MEMORY, more);
  }

  private OneEngine(
      Path directory,
      CheckpointStore store,
      Map<String, ChangeTarget> others,
      long memory,
      CdcListener... more) {
    this.store = store;
    Map<String, ChangeTarget> targets = new HashMap<>(others);
    targets.put("default", target);
    targets.put("other", other);
    List<CdcListener> listeners = new ArrayList<>(List.of(more));
    listeners.add(
        new CdcListener() {
          @Override
          public void stateChanged(
              String task, TaskState from, TaskState to, @Nullable Throwable cause) {
            states.add(from + ">" + to);
            latestCause = cause;
          }
        });
    engine =
        new Engine(
            new EngineSettings(
                source,
                targets,
                store,
                listeners,
                OneEngine::daemon,
                memory,
                directory,
                () -> stoppedAt == null ? Instant.now() : stoppedAt));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  /** A collection with one row, and a tick of right now. */
  void fill() {
    source.change(Entries.catalog(BOOKS));
    insert(T + 5, 1);
    tickNow();
  }

  void insert(long timestamp, long key) {
    source.publish("s-dml_0", Messages.insert(BOOKS.shards().get(0), 1, 10, timestamp, key));
  }

  /** A tick that covers all of this millisecond. */
  long tickNow() {
    long now = Timestamps.of(Instant.now().plusMillis(1));
    source.tick(now, "s-dml_0");
    return now;
  }

  @Override
  public void close() {
    engine.close();
  }
}
