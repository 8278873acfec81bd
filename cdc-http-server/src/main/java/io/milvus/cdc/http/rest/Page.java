package io.milvus.cdc.http.rest;

import io.milvus.cdc.http.web.Answer;
import io.milvus.cdc.http.web.Route;
import java.util.List;

/** Serves a web page that shows tasks and controls them. It uses the REST API and nothing else. */
public final class Page {
  /** Restricts a browser to files of this server. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  public List<Route> routes() {
    return List.of(
        file("/", "page.html", "text/html; charset=utf-8"),
        file("/page.css", "page.css", "text/css; charset=utf-8"),
        file("/page.js", "page.js", "text/javascript; charset=utf-8"));
  }

  private static Route file(String path, String name, String type) {
    Answer answer =
        Answer.text(type, Resource.text(name)).header("Content-Security-Policy", POLICY);
    return Route.open("GET", path, call -> answer);
  }
}
