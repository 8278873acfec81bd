package io.milvus.cdc.checkpoint;

import io.milvus.cdc.error.StaleOwnerException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One claim on a row. */
record JdbcTenure(SqlTable table, CheckpointRows rows, String task, String owner, Duration length)
    implements Tenure {
  @Override
  public long take() {
    table.create();
    return rows.take(task, owner, length.toMillis());
  }

  @Override
  public Optional<String> holder() {
    return rows.owner(task);
  }

  @Override
  public boolean renew() {
    return rows.renew(task, owner, length.toMillis());
  }

  @Override
  public long moveFence() {
    long fence = rows.moveFence(task, owner) ? rows.fence(task, owner) : 0;
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
    return rows.write(task, owner, fence, packed) ? fence + 1 : 0;
  }

  @Override
  public Optional<String> read() {
    return rows.packed(task);
  }

  @Override
  public void release() {
    rows.release(task, owner);
  }
}
