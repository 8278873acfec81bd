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
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects what an engine is made of. Every setter's default is in its description. */
public final class CdcEngineBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(CdcEngineBuilder.class);
  private static final long MOST_MEMORY = 64L << 20;
  private static final long LEAST_MEMORY = 1L << 20;

  private @Nullable ChangeSource source;
  private final Map<String, ChangeTarget> targets = new LinkedHashMap<>();
  private Store checkpoints = FileStore.at(Path.of("cdc-state"));
  private final List<CdcListener> listeners = new ArrayList<>();
  private ThreadFactory threads = CdcEngineBuilder::daemon;
  private long memoryBudget = Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 4);
  private Path spillDirectory = Path.of(System.getProperty("java.io.tmpdir"));

  CdcEngineBuilder() {}

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  /** Where changes come from. Required. */
  public CdcEngineBuilder source(ChangeSource from) {
    source = from;
    return this;
  }

  /** Where changes go, for tasks that name no other target. */
  public CdcEngineBuilder target(ChangeTarget to) {
    return target(TaskSpec.DEFAULT_TARGET, to);
  }

  /**
   * One more place where changes go, for tasks that name it in {@link TaskSpec.Builder#target}. At
   * least one target is required, unless the engine is to {@link #startUnchecked}.
   */
  public CdcEngineBuilder target(String name, ChangeTarget to) {
    targets.put(name, to);
    return this;
  }

  /** Where tasks keep their place. Default: files in the directory {@code cdc-state}. */
  public CdcEngineBuilder checkpoints(Store store) {
    checkpoints = store;
    return this;
  }

  /** Someone to tell what happens; may be called several times. Default: nobody. */
  public CdcEngineBuilder listener(CdcListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Makes the engine's threads: one for each task, and one for each channel, plus one for each
   * channel that a task reads alone because it is behind. Default: daemon threads.
   */
  public CdcEngineBuilder threads(ThreadFactory factory) {
    threads = factory;
    return this;
  }

  /**
   * How many bytes of messages each task may hold in memory; what must be read beyond that goes to
   * disk. Default: a quarter of the heap, at most 64 MiB.
   */
  public CdcEngineBuilder memoryBudget(long bytes) {
    memoryBudget = bytes;
    return this;
  }

  /** Where messages beyond the memory budget go. Default: the directory for temporary files. */
  public CdcEngineBuilder spillDirectory(Path directory) {
    spillDirectory = directory;
    return this;
  }

  /**
   * Returns what {@link #start} would refuse, or warn of, and what to do about it: all at once, and
   * what the source keeps for tasks that are not in the store. If a part does not answer, the
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
      throw new ConfigException("The engine has no target. Give the builder a target.");
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
   * up while they are away: its tasks try again until they are there. Targets may follow by {@link
   * CdcEngine#target}.
   *
   * @throws ConfigException with the cure, where something is missing or contradicts itself
   */
  public CdcEngine startUnchecked() {
    return new Engine(settings());
  }

  private EngineSettings settings() {
    if (source == null) {
      throw new ConfigException("The engine has no source. Give the builder a source.");
    }
    if (memoryBudget < LEAST_MEMORY) {
      throw new ConfigException(
          "A memory budget of %d bytes is too small. Give at least %d."
              .formatted(memoryBudget, LEAST_MEMORY));
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
    List<String> reasons =
        findings.stream().filter(Finding::isBlocking).map(Finding::message).toList();
    if (!reasons.isEmpty()) {
      throw new ConfigException(
          reasons.size() == 1
              ? reasons.get(0)
              : "The engine cannot start:\n - " + String.join("\n - ", reasons));
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
      throw new RetriableException("Interrupted while checking the source and the targets", e);
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
                "Targets '%s' and '%s' are the same %s. Give it one name."
                    .formatted(other, name, target));
          }
        });
  }
}
