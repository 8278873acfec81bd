package io.milvus.cdc.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.testkit.Http;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alerts ask for what a server with a task has. */
class MonitoringTest {
  private static final Path ALERTS = Path.of("monitoring", "alerts.yaml");
  private static final Path DASHBOARD = Path.of("monitoring", "grafana.json");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_]\\w*\\b(?! *\\()");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  @TempDir private Path state;

  private Set<String> scraped() {
    try (OneServer server = OneServer.at(state)) {
      Http http = server.http();
      http.post("/api/v1/tasks", "{'id':'t','target':'dr'}");
      http.post("/cdc", "{'request_type':'list'}");
      return http.get("/metrics")
          .body()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.replaceFirst("[ {].*", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<String> expressions(JsonNode document) {
    return document.findValuesAsText("expr");
  }

  private static List<String> metrics(String expression) {
    String bare =
        expression
            .replaceAll("\\{[^}]*}|\\[[^]]*]", "")
            .replaceAll("\\b(by|on|without|ignoring) *\\([^)]*\\)", "");
    return NAME.matcher(bare)
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name))
        .toList();
  }

  @Test
  void everyMetricOfTheDashboardIsThere() throws Exception {
    List<String> expressions = expressions(new ObjectMapper().readTree(DASHBOARD.toFile()));

    assertThat(expressions).hasSizeGreaterThan(10);
    assertAskForWhatIsThere(expressions);
  }

  @Test
  void everyMetricAndStateOfTheAlertsIsThere() throws Exception {
    List<String> expressions = expressions(new YAMLMapper().readTree(ALERTS.toFile()));

    assertThat(expressions).hasSize(6);
    assertAskForWhatIsThere(expressions);
    List<String> states = Arrays.stream(TaskState.values()).map(TaskState::name).toList();
    assertThat(expressions)
        .allSatisfy(
            expression ->
                assertThat(states)
                    .containsAll(
                        Pattern.compile("[A-Z]{2,}")
                            .matcher(expression)
                            .results()
                            .map(MatchResult::group)
                            .toList()));
  }

  private void assertAskForWhatIsThere(List<String> expressions) {
    Set<String> scraped = scraped();
    assertThat(expressions)
        .allSatisfy(expression -> assertThat(scraped).containsAll(metrics(expression)));
    assertThat(expressions).allSatisfy(expression -> assertThat(metrics(expression)).isNotEmpty());
  }
}
