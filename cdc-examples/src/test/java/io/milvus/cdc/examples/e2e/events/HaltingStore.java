package io.milvus.cdc.examples.e2e.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.store.Claim;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files, but the process dies when it is about to store that everything up to the timestamp {@code
 * halt.above} is done: all of it has been acknowledged then, and nobody will remember.
 */
public final class HaltingStore implements Store {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long above = Long.getLong("halt.above");
  private final Store files;

  public HaltingStore(Path directory) {
    files = FileStore.at(directory);
  }

  private void haltBefore(String checkpoint) {
    try {
      if (JSON.readTree(checkpoint).required("watermark").longValue() >= above) {
        Runtime.getRuntime().halt(137);
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(checkpoint, e);
    }
  }

  @Override
  public Claim claim(String name) {
    Claim claim = files.claim(name);
    return new Claim() {
      @Override
      public Optional<String> load() {
        return claim.load();
      }

      @Override
      public void save(String text) {
        haltBefore(text);
        claim.save(text);
      }

      @Override
      public void delete() {
        claim.delete();
      }

      @Override
      public void requireOwned() {
        claim.requireOwned();
      }

      @Override
      public void close() {
        claim.close();
      }
    };
  }

  @Override
  public Optional<String> read(String name) {
    return files.read(name);
  }

  @Override
  public List<String> names() {
    return files.names();
  }

  @Override
  public void close() {
    files.close();
  }

  @Override
  public String toString() {
    return files + ", halting";
  }
}
