package io.milvus.cdc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * In a file that has gaps after two seconds, as else after a minute. Not from the first moment on:
 * then H2 writes over what the header of its file still leads to, and no order of writes helps.
 */
class H2StoreTest extends SqlStoreContract {
  private static final int RETENTION_MILLIS = 2000;

  private static SqlServer server;

  @BeforeAll
  static void startIt() throws SQLException {
    server = new SqlServer.H2();
    server.start();
    try (Connection connection = new Addressed(server.address()).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET RETENTION_TIME " + RETENTION_MILLIS);
    }
  }

  @AfterAll
  static void stopIt() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  SqlServer server() {
    return server;
  }

  @Test
  void whatIsSavedIntoAGapOfTheFileSurvivesAKill() {
    Random random = new Random(7);
    try (Store texts = open(LEASE);
        Claim claim = texts.claim("t")) {
      long gaps = System.currentTimeMillis() + RETENTION_MILLIS + RETENTION_MILLIS / 2;
      while (System.currentTimeMillis() < gaps) {
        claim.save(noise(random.nextInt(20_000)));
      }
      for (int round = 0; round < 5; round++) {
        String text = "";
        for (int i = 0; i < 10; i++) {
          text = noise(random.nextInt(20_000));
          claim.save(text);
        }
        server().killAndRestart();
        await().ignoreExceptions().until(() -> texts.read("t").isPresent());
        assertThat(texts.read("t")).as("round " + round).isEqualTo(Optional.of(text));
        await().ignoreExceptions().untilAsserted(claim::requireOwned);
      }
    }
  }
}
