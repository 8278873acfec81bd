package io.milvus.cdc.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A database server of its own. */
abstract class SqlServer extends ServerProcess {
  /** Where clients find it. */
  abstract String address();

  @Override
  boolean ready() {
    try (Connection connection = new Addressed(address()).getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** A program of this machine. Where there is none, the tests that need it are skipped. */
  static String program(String name, String cure) {
    Optional<Path> found =
        folders().map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst();
    assumeTrue(found.isPresent(), () -> "No %s on this machine. %s".formatted(name, cure));
    return found.orElseThrow().toString();
  }

  private static Stream<Path> folders() {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      folders.add(Path.of(folder));
    }
    folders.add(Path.of("/usr/sbin"));
    // Debian keeps PostgreSQL's programs off the PATH.
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.map(version -> version.resolve("bin")).forEach(folders::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folders.stream();
  }

  static final class Postgres extends SqlServer {
    private static final String CURE = "apt-get install postgresql, or put it on the PATH.";

    private final String program = program("postgres", CURE);

    Postgres() {
      String initdb = program("initdb", CURE);
      giveHomeAway();
      run(
          unprivileged(
                  List.of(
                      initdb, "-D", home.resolve("data").toString(), "-U", "cdc", "-A", "trust"))
              .toArray(String[]::new));
    }

    @Override
    List<String> command() {
      return unprivileged(
          List.of(
              program,
              "-D",
              home.resolve("data").toString(),
              "-h",
              "127.0.0.1",
              "-p",
              Integer.toString(port),
              "-k",
              home.toString()));
    }

    @Override
    String address() {
      return "jdbc:postgresql://127.0.0.1:%d/postgres?user=cdc&connectTimeout=2&loginTimeout=2"
          .formatted(port);
    }
  }

  static final class MariaDb extends SqlServer {
    private static final String CURE = "apt-get install mariadb-server, or put it on the PATH.";

    private final String program = program("mariadbd", CURE);

    MariaDb() {
      String install = program("mariadb-install-db", CURE);
      giveHomeAway();
      run(
          unprivileged(
                  List.of(
                      install,
                      "--no-defaults",
                      "--datadir=" + home.resolve("data"),
                      "--auth-root-authentication-method=normal"))
              .toArray(String[]::new));
    }

    @Override
    List<String> command() {
      return unprivileged(
          List.of(
              program,
              "--no-defaults",
              "--datadir=" + home.resolve("data"),
              "--bind-address=127.0.0.1",
              "--port=" + port,
              "--socket=" + home.resolve("socket"),
              "--pid-file=" + home.resolve("pid")));
    }

    @Override
    String address() {
      return "jdbc:mariadb://127.0.0.1:%d/cdc?user=root&createDatabaseIfNotExist=true&connectTimeout=2000"
          .formatted(port);
    }
  }

  static final class H2 extends SqlServer {
    @Override
    List<String> command() {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-cp",
          System.getProperty("java.class.path"),
          org.h2.tools.Server.class.getName(),
          "-tcp",
          "-tcpPort",
          Integer.toString(port),
          "-baseDir",
          home.toString(),
          "-ifNotExists");
    }

    @Override
    String address() {
      return "jdbc:h2:tcp://127.0.0.1:%d/./cdc;NETWORK_TIMEOUT=1500".formatted(port);
    }
  }
}
