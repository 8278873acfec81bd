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
 * Keeps each text in a row of one table, {@code milvus_cdc_texts}, of a PostgreSQL, MySQL, MariaDB
 * or H2. The table is made when the first name is claimed, unless it is there; else the user needs
 * to read and write it only.
 *
 * <p>A claim is a lease by the database's own clock, so the clocks of those who claim make no
 * difference; it must not jump ahead by a third of the lease. It is renewed by a daemon thread of
 * the store. The owner that was killed is replaced once its lease has passed; one that was only
 * held up goes on, unless another has taken over, and then fails with {@link
 * io.milvus.cdc.error.StaleOwnerException}.
 *
 * <p>A connection is taken from the data source for each statement and given back. Where the data
 * source is a pool, it needs a time limit of its own for handing out a connection, well below the
 * lease: the answer to a statement is waited for 5 s at most, where the driver has such a limit.
 * All that use the store must write to the same server; a replica that takes over may have lost the
 * last save. In an H2 the user must be an administrator, who may force what is committed to disk;
 * that takes some 20 ms each time.
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

  /** A store with the defaults. Nothing is contacted yet. */
  public static JdbcStore in(DataSource database) {
    return builder(database).build();
  }

  /** Collects how texts are kept in this database. */
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

  /** Gives up the claims that are open; the engine should be closed before. Idempotent. */
  @Override
  public void close() {
    leases.close();
  }

  @Override
  public String toString() {
    return "table " + table.name();
  }

  /** Collects how texts are kept. Every setter's default is in its description. */
  public static final class Builder {
    private final DataSource database;
    private String prefix = "milvus_cdc_";
    private Duration lease = Lease.USUAL;

    private Builder(DataSource database) {
      this.database = Objects.requireNonNull(database, "database");
    }

    /**
     * What the table's name begins with, such as {@code cdc.dr_} for one in another schema. Default
     * {@code milvus_cdc_}.
     *
     * @throws ConfigException where it is no plain name
     */
    public Builder tablePrefix(String begin) {
      if (!PREFIX.matcher(Objects.requireNonNull(begin, "begin")).matches()) {
        throw new ConfigException(
            "A table's name cannot begin with '%s'.".formatted(begin),
            "Give up to 41 letters, digits, underscores.");
      }
      prefix = begin;
      return this;
    }

    /**
     * How long after its last sign of life an owner is replaced. Shorter means that a name is had
     * sooner elsewhere, and stops sooner where the database is away. Default 10 s, at least 2 s;
     * the same for all that use the table.
     *
     * @throws ConfigException where it is shorter
     */
    public Builder lease(Duration length) {
      lease = Lease.checked(Objects.requireNonNull(length, "length"));
      return this;
    }

    /** The store. Nothing is contacted yet. */
    public JdbcStore build() {
      return new JdbcStore(this);
    }
  }
}
