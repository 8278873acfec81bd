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
 * Runs replication tasks from one source to one or several targets. Thread-safe. Any number of
 * engines can live in one process. They share nothing.
 */
public interface CdcEngine extends AutoCloseable {
  /** Returns a builder for an engine without a source or a target. */
  static Builder builder() {
    return new Builder();
  }

  /**
   * Submits a task and starts it. A task with a checkpoint resumes from there. Its {@link
   * StartFrom} applies to the first start only. Reads and claims the checkpoint before it returns;
   * the task connects in the background.
   *
   * @throws io.milvus.cdc.error.ConfigException if this or another engine runs the task, or if the
   *     engine has no target of its name
   * @throws io.milvus.cdc.error.ConfigException if another task of this engine, running or not,
   *     replicates some of the same collections, or access as well, to that target
   * @throws io.milvus.cdc.error.CorruptCheckpointException if its checkpoint is damaged
   * @throws io.milvus.cdc.error.IllegalTaskStateException if the engine is closed
   */
  CdcTask submit(TaskSpec spec);

  /**
   * Submits a task that stays paused until {@link CdcTask#resume}. Otherwise it works as {@link
   * #submit}. A promoted task stays promoted. The source retains messages for a new task only after
   * its first start.
   */
  CdcTask submitPaused(TaskSpec spec);

  /**
   * Adds a target for tasks that use its name. Contacts nothing: {@link #check} reports whether
   * such a task could use the target. Replaces a target of the same name if no task uses that one.
   *
   * @throws io.milvus.cdc.error.ConfigException if tasks use another target of this name, or if
   *     this target has another name already
   */
  void target(String name, ChangeTarget target);

  /**
   * Returns the problems that would prevent or disturb a task, each with its cure, all at once. The
   * task may exist or not. Changes nothing on any side. If one side does not answer, the other
   * checks run all the same; that blocks for up to a minute.
   *
   * @return findings; the task may be submitted if none of them is blocking
   */
  List<Finding> check(TaskSpec spec) throws InterruptedException;

  /**
   * Removes everything that the source retains for a task that no longer exists. {@link #check}
   * lists such tasks. If another engine with another store has a paused task of this id, that task
   * loses its place. Blocks until the source has answered.
   *
   * @throws io.milvus.cdc.error.ConfigException if this engine or its store has such a task, or if
   *     no task can have this id
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  void removeLeftovers(String task);

  /** Returns the task of this id, or empty if it was not submitted to this engine. */
  Optional<CdcTask> task(String id);

  /** Returns the tasks that were submitted to this engine, in no order. */
  List<CdcTask> tasks();

  /**
   * Stops all tasks at a consistent cut. Their checkpoints stay. Blocks for seconds at most.
   * Idempotent.
   */
  @Override
  void close();

  /** Collects the parts of an engine. Each setter states its default. For one thread. */
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

    /** Sets the source of changes. Required. */
    public Builder source(ChangeSource from) {
      source = Objects.requireNonNull(from, "source");
      return this;
    }

    /** Sets the target of tasks that name no other target. */
    public Builder target(ChangeTarget to) {
      return target(TaskSpec.DEFAULT_TARGET, to);
    }

    /**
     * Adds a target for tasks that choose it by {@link TaskSpec.Builder#target}. Required at least
     * once, except for {@link #startWithoutChecks}.
     */
    public Builder target(String name, ChangeTarget to) {
      targets.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(to, "target"));
      return this;
    }

    /**
     * Sets the store of checkpoints. Default: files in the directory {@code cdc-state}, relative to
     * the working directory.
     */
    public Builder checkpoints(Store store) {
      checkpoints = Objects.requireNonNull(store, "checkpoints");
      return this;
    }

    /** Adds a listener. May be called several times. Default: no listener. */
    public Builder listener(CdcListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Sets the factory of the engine's threads: one for each task, and one for each channel. A task
     * that is behind has further threads, one for each channel that it reads alone. Default: daemon
     * threads.
     */
    public Builder threads(ThreadFactory factory) {
      threads = Objects.requireNonNull(factory, "threads");
      return this;
    }

    /**
     * Sets the bytes of messages that each task may hold in memory. Messages beyond that are
     * spilled to disk. Default: a quarter of the heap, at most 64 MiB. Minimum: 1 MiB.
     */
    public Builder memoryBudget(long bytes) {
      memoryBudget = bytes;
      return this;
    }

    /**
     * Sets the directory for messages beyond the memory budget. Default: the directory for
     * temporary files.
     */
    public Builder spillDirectory(Path directory) {
      spillDirectory = Objects.requireNonNull(directory, "spillDirectory");
      return this;
    }

    /**
     * Returns the problems that {@link #start} would reject or log, each with its cure, all at
     * once. If none of them is blocking, leftovers are included: tasks that have state at the
     * source and none in the store. If one side does not answer, the other checks run all the same;
     * that blocks for up to a minute.
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
        throw new ConfigException("The engine has no target.", "Add a target to the builder.");
      }
      return Preflight.of(settings.source(), targets.values());
    }

    /**
     * Checks that the source is readable and the targets are writable, and creates the engine.
     * Warnings are logged; {@link CdcEngine#check} returns them, too. Blocks for up to a minute.
     *
     * @throws ConfigException with the cure, if a part is missing, wrong or unreachable
     * @throws RetriableException if the thread is interrupted
     */
    public CdcEngine start() {
      EngineSettings settings = settings();
      refuseWhatIsBlocking();
      return new Engine(settings);
    }

    /**
     * Creates the engine without contacting the source or a target. Use it for a service that must
     * start while they are unreachable: its tasks retry until they answer. Targets may be added
     * later by {@link CdcEngine#target}.
     *
     * @throws ConfigException with the cure, if a part is missing or contradicts another
     */
    public CdcEngine startWithoutChecks() {
      return new Engine(settings());
    }

    private EngineSettings settings() {
      if (source == null) {
        throw new ConfigException("The engine has no source.", "Set the source of the builder.");
      }
      if (memoryBudget < LEAST_MEMORY) {
        throw new ConfigException(
            "A memory budget of %d bytes is too small.".formatted(memoryBudget),
            "Set at least %d.".formatted(LEAST_MEMORY));
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

    /** Two tasks for one target under two names would not know of each other. */
    private void refuseOneTargetTwice() {
      Map<ChangeTarget, String> names = new HashMap<>();
      targets.forEach(
          (name, target) -> {
            String other = names.put(target, name);
            if (other != null) {
              throw new ConfigException(
                  "Targets '%s' and '%s' are the same %s.".formatted(other, name, target),
                  "Use one name for it.");
            }
          });
    }
  }
}
