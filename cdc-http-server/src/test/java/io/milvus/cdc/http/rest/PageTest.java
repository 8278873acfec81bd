package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Browser;
import io.milvus.cdc.http.testkit.FakeTask;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page, in a real browser. */
class PageTest {
  // Chromium may still write its profile while it dies.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    browser = Browser.open(Files.createDirectory(directory.resolve("profile")));
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private void eventually(Callable<Boolean> true_) {
    await().atMost(Duration.ofSeconds(30)).until(true_);
  }

  private void click(String selector) throws Exception {
    eventually(
        () ->
            browser.evaluate("!!document.querySelector('%s')".formatted(selector)).equals("true"));
    browser.evaluate("document.querySelector('%s').click()".formatted(selector));
  }

  private String shown() throws Exception {
    return browser.evaluate("document.body.innerText");
  }

  @Test
  void tasksAreShownMadeAndGivenOrders() throws Exception {
    try (OneServer server = OneServer.at(directory.resolve("state"))) {
      Http http = server.http();
      http.post("/api/v1/tasks", "{'id':'shop','include':['shop'],'target':'dr'}");
      http.post("/api/v1/tasks", "{'id':'books','include':['books'],'target':'dr'}");
      FakeTask shop = server.engine().fake("shop");
      server.engine().fake("books").become(TaskState.FAILED);
      browser.go("http://127.0.0.1:" + server.port() + "/");
      eventually(() -> shown().contains("2 tasks, 1 failed"));
      assertThat(shown()).contains("shop", "RUNNING", "FAILED", "1.5 s", "13");

      click("tr[data-id=books] button.link");
      eventually(() -> shown().contains("it broke"));
      assertThat(shown()).contains("by-dev-rootcoord-dml_0", "4.0 KiB");
      assertThat(shown())
          .contains("Held back on the source", "4.0 KiB of 8.0 GiB", "Limit reached at")
          .contains("Resume the task.");
      for (String scheme : new String[] {"light", "dark"}) {
        browser.prefer(scheme);
        browser.screenshot(Path.of("target", "page-%s.png".formatted(scheme)));
      }

      click("[aria-label=\"Pause shop\"]");
      eventually(() -> browser.evaluate("document.querySelector('#sure').open").equals("true"));
      click("#sure [value=cancel]");
      assertThat(shop.state()).isEqualTo(TaskState.RUNNING);
      click("[aria-label=\"Pause shop\"]");
      click("#sure [value=ok]");
      eventually(() -> shop.state() == TaskState.PAUSED);
      click("[aria-label=\"Resume shop\"]");
      eventually(() -> shop.state() == TaskState.RUNNING);
      click("[aria-label=\"Promote shop\"]");
      click("#sure [value=ok]");
      eventually(() -> shop.state() == TaskState.PROMOTED);
      eventually(() -> shown().contains("The target is as the source was at"));
      click("#sure [value=ok]");

      // Not by an order of this page.
      shop.become(TaskState.RETRYING);
      eventually(() -> shown().contains("RETRYING"));
      click("tr[data-id=shop] button.link");
      eventually(() -> shown().contains("PROMOTED → RETRYING: it broke"));
      shop.become(TaskState.PROMOTED);

      click("#new");
      browser.evaluate(
          "document.querySelector('#create [name=id]').value='made';"
              + "document.querySelector('#create [name=include]').value='a, b.c';"
              + "document.querySelector('#create [name=target]').value='nowhere';");
      click("#create [value=ok]");
      eventually(() -> shown().contains("Target 'nowhere' is not in this server's configuration"));
      browser.evaluate("document.querySelector('#create [name=target]').value='dr'");
      click("#create [value=ok]");
      eventually(() -> shown().contains("3 tasks"));
      assertThat(server.engine().fake("made").spec().selection().included())
          .containsExactlyInAnyOrder("a", "b.c");

      click("[aria-label=\"Delete made\"]");
      click("#sure [value=ok]");
      eventually(() -> shown().contains("2 tasks"));
    }
  }

  @Test
  void aTaskThatHasNotReachedItsTargetShowsAnUnknownLag() throws Exception {
    try (OneServer server = OneServer.at(directory.resolve("state"))) {
      server
          .http()
          .post("/api/v1/tasks", "{'id':'shop','target':{'kafka':'mq:9092','topic':'changes'}}");
      server.engine().fake("shop").beforeItsTarget();
      browser.go("http://127.0.0.1:" + server.port() + "/");
      eventually(() -> shown().contains("1 task"));
      assertThat(textOf("tr[data-id=shop] td.number")).isEqualTo("?");
      assertThat(shown()).contains("mq:9092, topic changes");

      click("tr[data-id=shop] button.link");
      eventually(() -> shown().contains("not known before the task has reached its target"));
      assertThat(textOf("#facts")).contains("Lag\n?");
    }
  }

  private String textOf(String selector) throws Exception {
    return browser.evaluate("document.querySelector('%s').innerText".formatted(selector));
  }

  @Test
  void withATokenThePageAsksForIt() throws Exception {
    try (OneServer server = OneServer.at(directory.resolve("state"), "token: sesame")) {
      browser.go("http://127.0.0.1:" + server.port() + "/");
      eventually(() -> shown().contains("The server's token"));
      browser.evaluate("document.querySelector('#login [name=token]').value='sesame'");
      click("#login button");
      eventually(() -> shown().contains("No tasks yet"));
      assertThat(browser.evaluate("document.querySelector('#login').hidden")).isEqualTo("true");
    }
  }
}
