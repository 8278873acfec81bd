package io.milvus.cdc.http.web;

import java.util.List;

/**
 * What a server has to offer just now.
 *
 * @param otherwise answers what is at no route's path
 */
public record Directory(List<Route> routes, Action otherwise) {
  public Directory {
    routes = List.copyOf(routes);
  }

  /** These routes and nothing else. */
  public static Directory of(List<Route> routes) {
    return new Directory(
        routes,
        call ->
            Problems.of(
                404, "There is nothing at this path. See /openapi.yaml for what there is."));
  }
}
