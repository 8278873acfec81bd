package io.milvus.cdc.store;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.StaleOwnerException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stores texts until the process ends. For tests, and for tasks that always start from the
 * beginning.
 */
public final class InMemoryStore implements Store {
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> owned = new HashSet<>();

  @Override
  public synchronized Claim claim(String name) {
    if (!owned.add(name)) {
      throw new AlreadyOwnedException(
          "'%s' is owned by another engine of this process.".formatted(name), "");
    }
    return new Held(name);
  }

  @Override
  public synchronized Optional<String> read(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  @Override
  public synchronized List<String> names() {
    return List.copyOf(texts.keySet());
  }

  @Override
  public String toString() {
    return "memory";
  }

  private final class Held implements Claim {
    private final String name;
    private boolean open = true;

    Held(String name) {
      this.name = name;
    }

    @Override
    public Optional<String> load() {
      synchronized (InMemoryStore.this) {
        return Optional.ofNullable(texts.get(name));
      }
    }

    @Override
    public void save(String text) {
      synchronized (InMemoryStore.this) {
        requireOwned();
        texts.put(name, text);
      }
    }

    @Override
    public void delete() {
      synchronized (InMemoryStore.this) {
        requireOwned();
        texts.remove(name);
      }
    }

    @Override
    public void requireOwned() {
      synchronized (InMemoryStore.this) {
        if (!open) {
          throw new StaleOwnerException("The claim on '%s' was released.".formatted(name), "");
        }
      }
    }

    @Override
    public void close() {
      synchronized (InMemoryStore.this) {
        if (open) {
          open = false;
          owned.remove(name);
        }
      }
    }
  }
}
