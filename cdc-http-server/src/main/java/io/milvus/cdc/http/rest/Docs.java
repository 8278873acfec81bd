package io.milvus.cdc.http.rest;

import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * Serves the API description with Swagger UI, to read it and to try requests. It needs nothing but
 * this server.
 */
public final class Docs {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String VERSION = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private final String library = "/META-INF/resources/webjars/swagger-ui/%s/".formatted(version());

  public List<Route> routes() {
    return List.of(
        file("/docs", "docs.html", "text/html; charset=utf-8"),
        file("/docs/docs.js", "docs.js", "text/javascript; charset=utf-8"),
        file(
            "/docs/swagger-ui-bundle.js",
            library + "swagger-ui-bundle.js",
            "text/javascript; charset=utf-8"),
        file("/docs/swagger-ui.css", library + "swagger-ui.css", "text/css; charset=utf-8"));
  }

  /** Serves a file that is read only on request: it is rarely requested, and it is large. */
  private static Route file(String path, String name, String type) {
    return Route.open(
        "GET",
        path,
        call -> Answer.text(type, Resource.text(name)).header("Content-Security-Policy", POLICY));
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = Docs.class.getResourceAsStream(VERSION)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its file " + VERSION);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The program's file %s cannot be read".formatted(VERSION), e);
    }
    return properties.getProperty("version", "");
  }
}
