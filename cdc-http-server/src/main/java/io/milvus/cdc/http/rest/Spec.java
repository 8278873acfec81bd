package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Route;
import java.util.List;

/** Serves the description of the REST API. The API was written to match it. */
public final class Spec {
  private final String yaml;
  private final JsonNode json;

  private Spec(String yaml, JsonNode json) {
    this.yaml = yaml;
    this.json = json;
  }

  /** Reads the description from the program's resources. */
  public static Spec load() {
    String yaml = Resource.text("openapi.yaml");
    try {
      return new Spec(yaml, new YAMLMapper().readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The program's description is no YAML", e);
    }
  }

  JsonNode json() {
    return json;
  }

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/openapi.yaml", call -> Answer.text("application/yaml", yaml)),
        Route.open("GET", "/openapi.json", call -> Answer.json(json)));
  }
}
