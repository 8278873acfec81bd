package io.milvus.cdc.store;

import io.milvus.cdc.error.StaleOwnerException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owns one row. */
record JdbcTenure(SqlTable table, TextRows rows, String name, String owner, Duration length)
    implements Tenure {
  @Override
  public long take() {
    table.create();
    return rows.take(name, owner, length.toMillis());
  }

  @Override
  public Optional<String> holder() {
    return rows.owner(name);
  }

  @Override
  public boolean renew() {
    return rows.renew(name, owner, length.toMillis());
  }

  @Override
  public long moveFence() {
    long fence = rows.moveFence(name, owner) ? rows.fence(name, owner) : 0;
    if (fence == 0) {
      throw new StaleOwnerException(
          "'%s' is now owned by %s."
              .formatted(name, holder().orElse("no process, after another owner")),
          "");
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
    return rows.write(name, owner, fence, packed) ? fence + 1 : 0;
  }

  @Override
  public Optional<String> read() {
    return rows.packed(name);
  }

  @Override
  public void release() {
    rows.release(name, owner);
  }
}
