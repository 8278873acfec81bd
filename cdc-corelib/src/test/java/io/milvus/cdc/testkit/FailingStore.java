package io.milvus.cdc.testkit;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.store.Claim;
import io.milvus.cdc.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A store that fails before or after it has saved: for a task that is as if it had crashed. */
public record FailingStore(Store store, BooleanSupplier fails) implements Store {
  @Override
  public Claim claim(String name) {
    Claim claim = store.claim(name);
    return new Claim() {
      @Override
      public Optional<String> load() {
        return claim.load();
      }

      @Override
      public void save(String text) {
        crash();
        claim.save(text);
        crash();
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

  private void crash() {
    if (fails.getAsBoolean()) {
      throw new RetriableException("The test says that the store is away.", "");
    }
  }

  @Override
  public Optional<String> read(String name) {
    return store.read(name);
  }

  @Override
  public List<String> names() {
    return store.names();
  }
}
