package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Route;
import java.util.List;

/** The description of the REST face, which was there before it. */
public final class Spec {
  private final String yaml;
  private final JsonNode json;

  private Spec(String yaml, JsonNode json) {
    this.yaml = yaml;
    this.json = json;
  }

  /** Reads it from the program. */
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
