package io.milvus.cdc.checkpoint;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.StaleOwnerException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps checkpoints as long as the process lives. For tests, and for tasks that always start anew.
 */
public final class InMemoryCheckpointStore implements CheckpointStore {
  private final Map<String, Checkpoint> checkpoints = new HashMap<>();
  private final Set<String> owned = new HashSet<>();

  @Override
  public synchronized CheckpointClaim claim(String task) {
    if (!owned.add(task)) {
      throw new AlreadyOwnedException(
          "Task '%s' is running already in this process. Give this one another id."
              .formatted(task));
    }
    return new Claim(task);
  }

  @Override
  public synchronized Optional<Checkpoint> read(String task) {
    return Optional.ofNullable(checkpoints.get(task));
  }

  @Override
  public synchronized List<String> tasks() {
    return List.copyOf(checkpoints.keySet());
  }

  @Override
  public String toString() {
    return "memory";
  }

  private final class Claim implements CheckpointClaim {
    private final String task;
    private volatile boolean open = true;

    Claim(String task) {
      this.task = task;
    }

    @Override
    public Optional<Checkpoint> load() {
      synchronized (InMemoryCheckpointStore.this) {
        return Optional.ofNullable(checkpoints.get(task));
      }
    }

    @Override
    public void save(Checkpoint checkpoint) {
      synchronized (InMemoryCheckpointStore.this) {
        requireOwned();
        checkpoints.put(task, checkpoint);
      }
    }

    @Override
    public void delete() {
      synchronized (InMemoryCheckpointStore.this) {
        requireOwned();
        checkpoints.remove(task);
      }
    }

    @Override
    public void requireOwned() {
      if (!open) {
        throw new StaleOwnerException("The claim on task '%s' was given up.".formatted(task));
      }
    }

    @Override
    public void close() {
      synchronized (InMemoryCheckpointStore.this) {
        if (open) {
          open = false;
          owned.remove(task);
        }
      }
    }
  }
}
