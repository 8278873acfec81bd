package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Browser;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class DocsTest {
  // Chromium may still write its profile while it dies.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void thePageIsWholeAndLoadsNothingFromElsewhere() {
    try (OneServer server = OneServer.at(directory, "token: sesame")) {
      Http.Reply page = server.http().get("/docs");

      assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(page.header("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain("//");
      var parts =
          Pattern.compile("(?:src|href)=\"(docs/[^\"]+)\"")
              .matcher(page.body())
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(parts).hasSize(3);
      assertThat(parts)
          .allSatisfy(
              part -> {
                Http.Reply file = server.http().get("/" + part);
                assertThat(file.status()).isEqualTo(200);
                assertThat(file.body()).isNotEmpty();
              });
    }
  }

  @Test
  void theDescriptionIsShownAndTheBrowserBlocksNothing() throws Exception {
    try (OneServer server = OneServer.at(directory.resolve("state"));
        Browser browser = Browser.open(Files.createDirectory(directory.resolve("profile")))) {
      browser.before(
          "window.blocked = []; document.addEventListener('securitypolicyviolation',"
              + " (e) => blocked.push(e.violatedDirective + ' ' + e.blockedURI))");
      browser.go("http://127.0.0.1:" + server.port() + "/docs");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  browser
                      .evaluate("document.body.innerText")
                      .contains("Report the problems that would prevent or disturb"));
      browser.screenshot(Path.of("target", "docs.png"));
      assertThat(browser.evaluate("blocked.join()")).isEmpty();
    }
  }
}
