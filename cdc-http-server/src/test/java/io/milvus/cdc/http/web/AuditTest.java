package io.milvus.cdc.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What is remembered of who came. All servers of this process write to the same log. */
@Isolated
class AuditTest {
  private static final String TASKS = "/api/v1/tasks";

  @TempDir private Path state;
  private OneServer server;

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void eachChangeLeavesALineAndNoSecret() {
    Logger audit = (Logger) LoggerFactory.getLogger("io.milvus.cdc.audit");
    audit.setLevel(Level.INFO);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    audit.addAppender(lines);
    server = OneServer.at(state);
    Http http = server.http();

    http.post(TASKS, "{'id':'t','target':{'uri':'http://s:2','token':'root:Milvus'}}");
    http.post("/cdc", "{'request_type':'pause','request_data':{'task_id':'t'}}");
    http.post(
        "/cdc",
        """
        {'request_type':'create','request_data':{'milvus_connect_param':{'uri':'http://gone:1'},
         'collection_infos':[{'name':'a'}]}}""");
    http.post("/cdc", "{'request_type':'pause','request_data':{'task_id':'t'}}");
    http.post(TASKS + "/no%C3%A9such/resume");
    http.get(TASKS);
    http.send("DELETE", TASKS + "/t", "");
    audit.detachAppender(lines);
    audit.setLevel(null);

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "create task=t by=127.0.0.1 path=/api/v1/tasks status=201",
            "pause task=t by=127.0.0.1 path=/cdc status=200",
            "create by=127.0.0.1 path=/cdc status=500",
            "resume task=no?such by=127.0.0.1 path=/api/v1/tasks/{id}/resume status=404",
            "delete task=t by=127.0.0.1 path=/api/v1/tasks/{id} status=204");
  }
}
