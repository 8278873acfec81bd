package io.milvus.cdc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on an H2 in this process's memory, and what needs no server of its own. */
class JdbcStoreTest extends CheckpointContract {
  private final JdbcDataSource database = new JdbcDataSource();

  @Override
  protected Store make() {
    database.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
    return JdbcStore.in(database);
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
    execute("SHUTDOWN");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void readingMakesNoTable() throws SQLException {
    assertThat(store.read("t")).isEmpty();
    assertThat(store.tasks()).isEmpty();
    assertThatThrownBy(() -> execute("SELECT * FROM milvus_cdc_texts"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("not found");
  }

  @Test
  void damageIsNeverAnEmptyStart() throws SQLException {
    store.claim("t").close();
    for (String damage :
        new String[] {"''", "'H4sI'", "'nonsense!'", "SUBSTRING(packed, 1, 100)"}) {
      try (CheckpointClaim claim = store.claim("t")) {
        claim.save(checkpoint(1));
        execute("UPDATE milvus_cdc_texts SET packed = " + damage);
        assertThatThrownBy(claim::load)
            .as(damage)
            .isInstanceOf(CorruptCheckpointException.class)
            .hasMessageContaining("'t' in table milvus_cdc_texts");
        assertThatThrownBy(() -> store.read("t")).isInstanceOf(CorruptCheckpointException.class);
      }
    }
  }

  @Test
  void nothingIsLeftOfADeletedTask() throws SQLException {
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(checkpoint(1));
      claim.delete();
    }
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT * FROM milvus_cdc_texts")) {
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void whatWaitingDoesNotMendIsSaidAtOnce() throws SQLException {
    try (CheckpointClaim claim = store.claim("t")) {
      execute("DROP TABLE milvus_cdc_texts");
      long began = System.nanoTime();
      assertThatThrownBy(() -> claim.save(checkpoint(1)))
          .isExactlyInstanceOf(CheckpointException.class)
          .hasMessageContaining("42S");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aLoginIsRefusedWithoutItsPassword() throws SQLException {
    execute("CREATE USER anna PASSWORD 'right'");
    JdbcDataSource wrong = new JdbcDataSource();
    wrong.setURL(database.getURL());
    wrong.setUser("anna");
    wrong.setPassword("secret-word");
    try (JdbcStore refused = JdbcStore.in(wrong)) {
      assertThatThrownBy(() -> refused.claim("t"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("28000")
          .hasMessageNotContaining("secret-word");
    }
  }

  @Test
  void storesOfDifferentPrefixesDoNotSeeEachOther() {
    try (CheckpointStore other =
            CheckpointStore.in(JdbcStore.builder(database).tablePrefix("public.other_").build());
        CheckpointClaim claim = store.claim("t");
        CheckpointClaim theirs = other.claim("t")) {
      claim.save(checkpoint(1));
      assertThat(theirs.load()).isEmpty();
      assertThat(other.tasks()).isEmpty();
    }
  }

  @Test
  void worksOnConnectionsThatDoNotCommitByThemselves() throws SQLException {
    DataSource pool = mock(DataSource.class);
    when(pool.getConnection())
        .thenAnswer(
            asked -> {
              Connection connection = database.getConnection();
              connection.setAutoCommit(false);
              return connection;
            });
    try (CheckpointStore manual = CheckpointStore.in(JdbcStore.in(pool))) {
      try (CheckpointClaim claim = manual.claim("t")) {
        claim.save(checkpoint(1));
        assertThat(store.read("t")).contains(checkpoint(1));
      }
    }
  }

  @Test
  void aClosedStoreHasGivenItsTasksUp() {
    CheckpointStore other = CheckpointStore.in(JdbcStore.in(database));
    CheckpointClaim claim = other.claim("t");
    other.close();
    assertThatThrownBy(claim::requireOwned).hasMessageContaining("released");
    store.claim("t").close();
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThatThrownBy(() -> JdbcStore.builder(database).tablePrefix("x; DROP"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'x; DROP'");
    assertThatThrownBy(() -> JdbcStore.builder(database).lease(Duration.ofSeconds(1)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("PT1S");
  }

  @Test
  void aDatabaseThatCannotBeUsedIsAnErrorThatSaysWhy() {
    JdbcDataSource absent = new JdbcDataSource();
    absent.setURL("jdbc:h2:mem:absent;IFEXISTS=TRUE");
    absent.setPassword("secret-word");
    try (CheckpointStore unusable = CheckpointStore.in(JdbcStore.in(absent))) {
      assertThatThrownBy(() -> unusable.claim("t"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("absent")
          .hasMessageNotContaining("secret-word");
      assertThatThrownBy(() -> unusable.read("t")).isInstanceOf(CheckpointException.class);
      assertThatThrownBy(unusable::tasks).isInstanceOf(CheckpointException.class);
      assertThat(unusable.toString()).isEqualTo("table milvus_cdc_texts");
    }
  }
}
