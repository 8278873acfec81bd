package io.milvus.cdc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.store.Claim;
import io.milvus.cdc.store.Store;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Store} promises of texts. Extend it to test another one. */
public abstract class StoreContract {
  private Store store;

  /** Creates an empty store. Called once before each test, which leaves it open. */
  protected abstract Store make() throws Exception;

  @BeforeEach
  final void makeStore() throws Exception {
    store = make();
  }

  /** Returns the store of this test. */
  protected final Store texts() {
    return store;
  }

  @Test
  void hasNothingAtFirst() {
    try (Claim claim = store.claim("t")) {
      assertThat(claim.load()).isEmpty();
      claim.delete();
    }
    assertThat(store.read("t")).isEmpty();
    assertThat(store.names()).isEmpty();
  }

  @Test
  void returnsTheLastText() {
    try (Claim claim = store.claim("t")) {
      for (String text : OddKeys.texts()) {
        claim.save(text);
        assertThat(claim.load().orElseThrow().equals(text)).isTrue();
        assertThat(store.read("t").orElseThrow().equals(text)).isTrue();
      }
      claim.save("last");
    }
    assertThat(store.names()).containsExactly("t");
    try (Claim claim = store.claim("t")) {
      assertThat(claim.load()).contains("last");
      claim.delete();
      assertThat(claim.load()).isEmpty();
    }
    assertThat(store.names()).isEmpty();
  }

  @Test
  void hasOneOwnerOfAName() {
    Claim first = store.claim("t");
    first.requireOwned();
    assertThatThrownBy(() -> store.claim("t")).isInstanceOf(AlreadyOwnedException.class);
    store.claim("other").close();
    first.save("first");
    first.close();
    first.close();
    assertThatThrownBy(first::requireOwned).isInstanceOf(StaleOwnerException.class);
    try (Claim second = store.claim("t")) {
      assertThat(second.load()).contains("first");
      assertThatThrownBy(() -> first.save("again")).isInstanceOf(StaleOwnerException.class);
      assertThatThrownBy(first::delete).isInstanceOf(StaleOwnerException.class);
      assertThat(second.load()).contains("first");
    }
  }

  @Test
  void keepsTextsOfSeveralMegabytes() {
    try (Claim claim = store.claim("t")) {
      for (int length : List.of(3_000_000, 10, 3_000_000)) {
        String text = "ü".repeat(length / 2);
        claim.save(text);
        assertThat(claim.load().orElseThrow().equals(text)).isTrue();
      }
    }
  }
}
