package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.store.Claim;
import io.milvus.cdc.store.Store;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeTarget;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a process does that stood still for longer than its claim lasts. */
class OwnedSessionTest {
  private final FakeTarget target = new FakeTarget();
  private final LosableStore store = new LosableStore();
  private final TargetSession session =
      new OwnedSession(target.open(new Opening("t", "", 0)), CheckpointStore.in(store).claim("t"));

  @Test
  void nothingIsSentWhileAnotherMayOwnTheTask() throws Exception {
    Round round = new Round(List.of(), 5, Round.Kind.FIRST);
    SchemaEvent.CreateDatabase change = new SchemaEvent.CreateDatabase(5, Entries.DEFAULT);
    Delivery prepared = session.prepare(round);
    store.lost = true;

    assertThatThrownBy(prepared::send)
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("taken over");
    assertThatThrownBy(() -> session.prepare(round)).isInstanceOf(RetriableException.class);
    assertThatThrownBy(() -> session.apply(change)).isInstanceOf(RetriableException.class);
    assertThatThrownBy(() -> session.advance(5)).isInstanceOf(RetriableException.class);
    assertThat(target.rounds()).isEmpty();
    assertThat(target.applied()).isEmpty();
    assertThat(target.advanced()).isZero();

    store.lost = false;
    prepared.send();
    session.apply(change);
    session.advance(5);
    assertThat(target.applied()).containsExactly(change);
    assertThat(target.advanced()).isEqualTo(5);
  }

  private static final class LosableStore implements Store, Claim {
    private boolean lost;

    @Override
    public Claim claim(String name) {
      return this;
    }

    @Override
    public Optional<String> read(String name) {
      return Optional.empty();
    }

    @Override
    public List<String> names() {
      return List.of();
    }

    @Override
    public Optional<String> load() {
      return Optional.empty();
    }

    @Override
    public void save(String text) {}

    @Override
    public void delete() {}

    @Override
    public void requireOwned() {
      if (lost) {
        throw new StaleOwnerException("The task was taken over", "");
      }
    }

    @Override
    public void close() {}
  }
}
