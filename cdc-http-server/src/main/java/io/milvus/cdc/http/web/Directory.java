package io.milvus.cdc.http.web;

import java.util.List;

/**
 * Lists the routes that a server offers at the moment.
 *
 * @param otherwise answers a request if no route has its path
 */
public record Directory(List<Route> routes, Action otherwise) {
  public Directory {
    routes = List.copyOf(routes);
  }

  /** Returns a directory of only these routes. */
  public static Directory of(List<Route> routes) {
    return new Directory(
        routes,
        call -> Problems.of(404, "This path does not exist. See /openapi.yaml for all paths."));
  }
}
