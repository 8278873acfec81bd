package io.milvus.cdc.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Http;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may come, and with how much. */
class SecurityTest {
  private static final String TASKS = "/api/v1/tasks";

  @TempDir private Path state;
  private OneServer server;

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void withATokenNobodyComesWithoutIt() {
    server = OneServer.at(state, "token: open-sesame");

    for (String path : new String[] {TASKS, "/cdc", "/metrics", "/nowhere"}) {
      Http.Reply reply = server.http().get(path);
      assertThat(reply.status()).as(path).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    }
    for (String header :
        new String[] {
          "Bearer wrong", "Bearer", "Basic open-sesame", "open-sesame", "Bearer open-sesam"
        }) {
      assertThat(server.http("Authorization", header).get(TASKS).status()).isEqualTo(401);
    }
    assertThat(server.http("Authorization", "Bearer open-sesame").get(TASKS).status())
        .isEqualTo(200);
    assertThat(server.http("Authorization", "bearer  open-sesame").get(TASKS).status())
        .isEqualTo(200);
    for (String open : new String[] {"/healthz", "/readyz", "/openapi.yaml"}) {
      assertThat(server.http().get(open).status()).as(open).isEqualTo(200);
    }
  }

  @Test
  void aPageOfAnotherSiteGetsNothingDone() throws Exception {
    server = OneServer.at(state);
    String body = "{\"request_type\":\"list\"}";

    assertThat(server.http("Origin", "http://evil.example").get(TASKS).status()).isEqualTo(403);
    assertThat(server.http("Origin", "null").get(TASKS).status()).isEqualTo(403);
    assertThat(server.http("Origin", "http://127.0.0.1:" + server.port()).get(TASKS).status())
        .isEqualTo(200);
    assertThat(raw("POST /cdc HTTP/1.1", "Host: evil.example:" + server.port(), body))
        .contains(" 403 ");
    assertThat(raw("POST /cdc HTTP/1.1", "Host: localhost:" + server.port(), body))
        .contains(" 200 ");
  }

  private String raw(String line, String header, String body) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "%s\r\n%s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(line, header, body.length(), body)
              .getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aRequestThatIsTooLongIsRefused() {
    server = OneServer.at(state, "limits: {requestBytes: 1000}");
    String longBody = "{'id':'%s'}".formatted("x".repeat(2000));

    assertThat(server.http().post(TASKS, longBody).status()).isEqualTo(413);
    assertThat(server.http().post("/cdc", longBody).body())
        .contains("\"code\":500", "fail to read the request body, error: ");
    assertThat(server.http().post(TASKS, "{'id':'t','target':'dr'}").status()).isEqualTo(201);
  }

  @Test
  void whoAsksTooOftenWaits() {
    server = OneServer.at(state, "limits: {requestsPerSecond: 5}");
    int refused = 0;
    for (int i = 0; i < 20; i++) {
      refused += server.http().get("/healthz").status() == 429 ? 1 : 0;
    }

    assertThat(refused).isPositive();
  }

  @Test
  void strangePathsAndMethodsAreAnswered() throws Exception {
    server = OneServer.at(state);

    assertThat(server.http().get("/nowhere").status()).isEqualTo(404);
    assertThat(server.http().get("/api/v1/tasks/").status()).isEqualTo(404);
    assertThat(server.http().get(TASKS + "/%2e%2e%2fx").status()).isIn(400, 404);
    for (String method : new String[] {"GET", "DELETE"}) {
      Http.Reply control = server.http().send(method, TASKS + "/%02", "");
      assertThat(control.status()).isEqualTo(400);
      assertThat(control.header("Content-Type")).contains(Problems.TYPE);
      assertThat(control.json().path("detail").asText()).contains("Path Character");
    }
    assertThat(raw("nonsense", "Host: localhost", "")).contains(" 400 ").contains(Problems.TYPE);
    Http.Reply put = server.http().send("PUT", TASKS, "{}");
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.header("Allow")).contains("GET, POST");
    assertThat(server.http().send("HEAD", TASKS, "").status()).isEqualTo(200);
    assertThat(raw("GET /api/v1/tasks?limit=%ff HTTP/1.1", "Host: localhost", ""))
        .contains(" 400 ");
    assertThat(raw("BREW /api/v1/tasks HTTP/1.1", "Host: localhost", "")).contains(" 405 ");
    assertThat(server.http().get(TASKS).status()).isEqualTo(200);
  }
}
