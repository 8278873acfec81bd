package io.milvus.cdc.store;

import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Stores each text in a row of the table {@code milvus_cdc_texts}, in a PostgreSQL, MySQL, MariaDB
 * or H2. The first claim creates the table if it does not exist. If it exists, the user only needs
 * to read and write it.
 *
 * <p>A claim is a lease by the database's own clock, so the clocks of the owners do not matter. The
 * database's clock must not jump ahead by a third of the lease. A daemon thread of the store renews
 * the lease. If an owner is killed, another can replace it once the lease has expired. If an owner
 * was only suspended, it resumes, unless another owner has taken over. In that case it fails with
 * {@link io.milvus.cdc.error.StaleOwnerException}.
 *
 * <p>Each statement uses a connection of the data source and returns it. If the data source is a
 * pool, set its own time limit for obtaining a connection, well below the lease. A statement blocks
 * for 5 s at most if the driver supports such a limit. All users of the store must write to the
 * same server: a database replica that takes over may have lost the last save. In an H2 the user
 * must be an administrator, because only an administrator may force commits to disk; that takes
 * some 20 ms each time.
 *
 * <p>Thread-safe.
 */
public final class JdbcStore implements Store {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,40}");

  private final SqlTable table;
  private final TextRows rows;
  private final Duration length;
  private final Leases leases;

  private JdbcStore(Builder builder) {
    length = builder.lease;
    SqlCalls sql = new SqlCalls(builder.database, Lease.patience(length));
    table = new SqlTable(sql, builder.prefix + "texts");
    rows = new TextRows(sql, table);
    leases = new Leases(length);
  }

  /** Returns a store with the defaults. Contacts nothing yet. */
  public static JdbcStore in(DataSource database) {
    return builder(database).build();
  }

  /** Returns a builder of a store in this database. */
  public static Builder builder(DataSource database) {
    return new Builder(database);
  }

  @Override
  public Claim claim(String name) {
    return leases.claim(what(name), new JdbcTenure(table, rows, name, OwnerName.next(), length));
  }

  private String what(String name) {
    return "'%s' in %s".formatted(name, this);
  }

  private CheckpointException unusable(RetriableException e) {
    return new CheckpointException("%s cannot be used: %s".formatted(this, e.getMessage()), "", e);
  }

  @Override
  public Optional<String> read(String name) {
    return answer(() -> table.exists() ? rows.packed(name) : Optional.<String>empty())
        .map(packed -> PackedText.unpack(what(name), packed));
  }

  @Override
  public List<String> names() {
    return answer(() -> table.exists() ? rows.names() : List.of());
  }

  private <T> T answer(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (RetriableException e) {
      throw unusable(e);
    }
  }

  /** Releases the open claims. Close the engine first. Idempotent. */
  @Override
  public void close() {
    leases.close();
  }

  @Override
  public String toString() {
    return "table " + table.name();
  }

  /** Collects the settings of a store. Each setter states its default. For one thread. */
  public static final class Builder {
    private final DataSource database;
    private String prefix = "milvus_cdc_";
    private Duration lease = Lease.USUAL;

    private Builder(DataSource database) {
      this.database = Objects.requireNonNull(database, "database");
    }

    /**
     * Sets the prefix of the table's name, such as {@code cdc.dr_} for a table in another schema.
     * Default: {@code milvus_cdc_}.
     *
     * @throws ConfigException if it is not a plain name
     */
    public Builder tablePrefix(String begin) {
      if (!PREFIX.matcher(Objects.requireNonNull(begin, "begin")).matches()) {
        throw new ConfigException(
            "A table's name cannot begin with '%s'.".formatted(begin),
            "Use up to 41 letters, digits, underscores.");
      }
      prefix = begin;
      return this;
    }

    /**
     * Sets the time after its last renewal at which an owner can be replaced. A shorter lease frees
     * a name sooner if its owner dies. It also stops the owner sooner if the database is
     * unreachable. Default: 10 s. Minimum: 2 s. All users of the table must set the same.
     *
     * @throws ConfigException if it is shorter
     */
    public Builder lease(Duration length) {
      lease = Lease.checked(Objects.requireNonNull(length, "length"));
      return this;
    }

    /** Creates the store. Contacts nothing yet. */
    public JdbcStore build() {
      return new JdbcStore(this);
    }
  }
}
