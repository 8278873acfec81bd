package io.milvus.cdc.checkpoint;

import io.milvus.cdc.error.StaleOwnerException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One claim on a row. */
record JdbcTenure(CheckpointTable table, String task, String owner, Duration length)
    implements Tenure {
  @Override
  public long take() {
    table.create();
    return table.take(task, owner, length.toMillis());
  }

  @Override
  public Optional<String> holder() {
    return table.owner(task);
  }

  @Override
  public boolean renew() {
    return table.renew(task, owner, length.toMillis());
  }

  @Override
  public long moveFence() {
    long fence = table.moveFence(task, owner) ? table.fence(task, owner) : 0;
    if (fence == 0) {
      throw new StaleOwnerException(
          "Task '%s' is owned by %s now."
              .formatted(task, holder().orElse("nobody, after another")));
    }
    return fence;
  }

  @Override
  public long write(long fence, String packed) {
    return replace(fence, packed);
  }

  @Override
  public long remove(long fence) {
    return replace(fence, null);
  }

  private long replace(long fence, @Nullable String packed) {
    return table.write(task, owner, fence, packed) ? fence + 1 : 0;
  }

  @Override
  public Optional<String> read() {
    return table.packed(task);
  }

  @Override
  public void release() {
    table.release(task, owner);
  }
}
