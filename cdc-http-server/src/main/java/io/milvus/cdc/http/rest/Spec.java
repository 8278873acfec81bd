package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The description of the REST face, which was there before it. */
public final class Spec {
  private static final String FILE = "openapi.yaml";

  private final String yaml;
  private final JsonNode json;

  private Spec(String yaml, JsonNode json) {
    this.yaml = yaml;
    this.json = json;
  }

  /** Reads it from the program. */
  public static Spec load() {
    try (InputStream in = Spec.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks " + FILE);
      }
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Spec(yaml, new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " cannot be read", e);
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
