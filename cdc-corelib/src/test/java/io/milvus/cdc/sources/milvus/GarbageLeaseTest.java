package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GarbageLeaseTest {
  private static final String PATH = "/management/datacoord/garbage_collection/";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] answer = "{\"msg\": \"no\"}".getBytes();
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private GarbageLease lease() {
    return new GarbageLease("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Test
  void theLastOfSeveralUsersResumesIt() throws Exception {
    GarbageLease lease = lease();
    lease.take();
    lease.take();
    lease.renew();
    lease.release();
    assertThat(asked).containsOnly(PATH + "pause?pause_seconds=3600").hasSize(2);
    lease.release();
    assertThat(asked).last().isEqualTo(PATH + "resume");
  }

  @Test
  void aRefusalNamesTheAnswer() {
    status = 500;
    assertThatThrownBy(lease()::take)
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContaining("answers 500: {\"msg\": \"no\"}");
  }

  @Test
  void aSourceWithoutTheseRequestsIsFoundByTheCheckWhichChangesNothing() throws Exception {
    status = 400;
    lease().check();
    status = 404;
    assertThatThrownBy(lease()::check)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("leave management out");
    assertThatThrownBy(lease()::take).isInstanceOf(ConfigException.class);
    assertThat(asked).contains(PATH + "pause?pause_seconds=none");
  }

  @Test
  void aServerThatIsAwayIsTriedAgainAndResumesByItself() throws Exception {
    GarbageLease lease = lease();
    lease.take();
    server.stop(0);
    lease.release();
    assertThatThrownBy(lease::take)
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("cannot be reached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "milvus:9091", "ftp://milvus", "http://milvus:9091/x", "http://a@b"})
  void otherAddressesAreRefused(String address) {
    assertThatThrownBy(() -> new GarbageLease(address))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http://milvus:9091");
  }
}
