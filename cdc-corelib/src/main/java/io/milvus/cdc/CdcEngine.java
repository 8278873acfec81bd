package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.internal.engine.Engine;
import io.milvus.cdc.internal.engine.EngineSettings;
import io.milvus.cdc.internal.engine.Preflight;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.store.Store;
import io.milvus.cdc.targets.ChangeTarget;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs replication tasks from one source to one target, or to several. Thread-safe. Any number of
 * engines can live in one process; nothing is shared between them.
 */
public interface CdcEngine extends AutoCloseable {
  static Builder builder() {
    return new Builder();
  }

  /**
   * Starts a task, or goes on with it where its checkpoint stands; its {@link StartFrom} counts
   * only the first time.
   *
   * @throws io.milvus.cdc.error.ConfigException where another engine runs this task, where the
   *     engine does not have its target, or another task, running or not, replicates some of the
   *     same, or access as well, to that
   * @throws io.milvus.cdc.error.CorruptCheckpointException where its checkpoint is damaged
   */
  CdcTask submit(TaskSpec spec);

  /**
   * Like {@link #submit}, but the task is paused until it is resumed; one that was promoted stays
   * so. Only from its first start on does the source keep what a new task needs.
   */
  CdcTask submitPaused(TaskSpec spec);

  /**
   * One more place where changes go, for tasks that name it. Nothing is contacted: {@link #check}
   * tells whether such a task could use it. May replace one of this name that no task uses any
   * more.
   *
   * @throws io.milvus.cdc.error.ConfigException where tasks use another one of this name, or this
   *     one is there under another name
   */
  void target(String name, ChangeTarget target);

  /**
   * Tells what would keep a task from replicating, or disturb it, and what to do about each: all at
   * once, whether the task exists or not. Changes nothing, on no side. Where a part does not
   * answer, the others are checked all the same; that takes up to a minute.
   *
   * @return an empty list, or one without a blocking finding, where the task may be submitted
   */
  List<Finding> check(TaskSpec spec) throws InterruptedException;

  /**
   * Removes what the source keeps for a task that no longer exists: {@link #check} names such
   * tasks. Another engine, with another store, may have a task of this name; that one would lose
   * its place if it is paused.
   *
   * @throws io.milvus.cdc.error.ConfigException if this engine or its store has such a task, or no
   *     task can have this id
   * @throws io.milvus.cdc.error.RetriableException if the source cannot be reached now
   */
  void removeLeftovers(String task);

  /** The task of this id, where it was submitted to this engine. */
  Optional<CdcTask> task(String id);

  /** The tasks that were submitted to this engine, in no order. */
  List<CdcTask> tasks();

  /**
   * Stops all tasks at a consistent cut; their checkpoints stay. Takes seconds at most. Idempotent.
   */
  @Override
  void close();

  /**
   * Collects the parts of an engine. Every setter's default is in its description. For one thread.
   */
  final class Builder {
    private static final Logger LOG = LoggerFactory.getLogger(Builder.class);
    private static final long MOST_MEMORY = 64L << 20;
    private static final long LEAST_MEMORY = 1L << 20;

    private @Nullable ChangeSource source;
    private final Map<String, ChangeTarget> targets = new LinkedHashMap<>();
    private Store checkpoints = FileStore.at(Path.of("cdc-state"));
    private final List<CdcListener> listeners = new ArrayList<>();
    private ThreadFactory threads = Builder::daemon;
    private long memoryBudget = Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 4);
    private Path spillDirectory = Path.of(System.getProperty("java.io.tmpdir"));

    Builder() {}

    private static Thread daemon(Runnable work) {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      return thread;
    }

    /** Where changes come from. Required. */
    public Builder source(ChangeSource from) {
      source = Objects.requireNonNull(from, "source");
      return this;
    }

    /** Where changes go, for tasks that name no other target. */
    public Builder target(ChangeTarget to) {
      return target(TaskSpec.DEFAULT_TARGET, to);
    }

    /**
     * One more place where changes go, for tasks that name it in {@link TaskSpec.Builder#target}.
     * At least one target is required, unless the engine is to {@link #startWithoutChecks}.
     */
    public Builder target(String name, ChangeTarget to) {
      targets.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(to, "target"));
      return this;
    }

    /** Where tasks keep their place. Default: files in the directory {@code cdc-state}. */
    public Builder checkpoints(Store store) {
      checkpoints = Objects.requireNonNull(store, "checkpoints");
      return this;
    }

    /** Someone to tell what happens; may be called several times. Default: nobody. */
    public Builder listener(CdcListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Makes the engine's threads: one for each task, and one for each channel, plus one for each
     * channel that a task reads alone because it is behind. Default: daemon threads.
     */
    public Builder threads(ThreadFactory factory) {
      threads = Objects.requireNonNull(factory, "threads");
      return this;
    }

    /**
     * How many bytes of messages each task may hold in memory; what must be read beyond that goes
     * to disk. Default: a quarter of the heap, at most 64 MiB.
     */
    public Builder memoryBudget(long bytes) {
      memoryBudget = bytes;
      return this;
    }

    /** Where messages beyond the memory budget go. Default: the directory for temporary files. */
    public Builder spillDirectory(Path directory) {
      spillDirectory = Objects.requireNonNull(directory, "spillDirectory");
      return this;
    }

    /**
     * Returns what {@link #start} would refuse, or warn of, and what to do about it: all at once,
     * and what the source keeps for tasks that are not in the store. If a part does not answer, the
     * others are checked all the same; that takes up to a minute.
     *
     * @throws ConfigException if the source or the targets are missing
     */
    public List<Finding> check() throws InterruptedException {
      List<Finding> findings = new ArrayList<>(checkParts());
      if (findings.stream().noneMatch(Finding::isBlocking)) {
        findings.addAll(Preflight.leftovers(settings(), Set.of()));
      }
      return findings;
    }

    private List<Finding> checkParts() throws InterruptedException {
      EngineSettings settings = settings();
      if (targets.isEmpty()) {
        throw new ConfigException("The engine has no target.", "Give the builder a target.");
      }
      return Preflight.of(settings.source(), targets.values());
    }

    /**
     * Checks that the source can be read and the targets written, and makes the engine. What is no
     * more than a nuisance is logged; {@link CdcEngine#check} tells of it, too.
     *
     * @throws ConfigException with the cure, where something is missing, wrong or cannot be reached
     */
    public CdcEngine start() {
      EngineSettings settings = settings();
      refuseWhatIsBlocking();
      return new Engine(settings);
    }

    /**
     * Makes the engine without asking the source or a target anything, for a service that must come
     * up while they are away: its tasks try again until they are there. Targets may follow by
     * {@link CdcEngine#target}.
     *
     * @throws ConfigException with the cure, where something is missing or contradicts itself
     */
    public CdcEngine startWithoutChecks() {
      return new Engine(settings());
    }

    private EngineSettings settings() {
      if (source == null) {
        throw new ConfigException("The engine has no source.", "Give the builder a source.");
      }
      if (memoryBudget < LEAST_MEMORY) {
        throw new ConfigException(
            "A memory budget of %d bytes is too small.".formatted(memoryBudget),
            "Give at least %d.".formatted(LEAST_MEMORY));
      }
      refuseOneTargetTwice();
      return new EngineSettings(
          source,
          targets,
          CheckpointStore.in(checkpoints),
          listeners,
          threads,
          memoryBudget,
          spillDirectory,
          InstantSource.system());
    }

    private void refuseWhatIsBlocking() {
      List<Finding> findings = findings();
      List<Finding> blocking = findings.stream().filter(Finding::isBlocking).toList();
      if (blocking.size() == 1) {
        throw new ConfigException(blocking.get(0).what(), blocking.get(0).cure());
      }
      if (!blocking.isEmpty()) {
        throw new ConfigException(
            "The engine cannot start:\n - "
                + blocking.stream().map(Finding::message).collect(Collectors.joining("\n - ")),
            "");
      }
      findings.stream()
          .filter(finding -> finding.severity() == Finding.Severity.WARNING)
          .forEach(finding -> LOG.warn("{}", finding.message()));
    }

    private List<Finding> findings() {
      try {
        return checkParts();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RetriableException(
            "Interrupted while checking the source and the targets", "", e);
      }
    }

    /** Its tasks would not know of each other. */
    private void refuseOneTargetTwice() {
      Map<ChangeTarget, String> names = new HashMap<>();
      targets.forEach(
          (name, target) -> {
            String other = names.put(target, name);
            if (other != null) {
              throw new ConfigException(
                  "Targets '%s' and '%s' are the same %s.".formatted(other, name, target),
                  "Give it one name.");
            }
          });
    }
  }
}
