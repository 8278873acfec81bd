package io.milvus.cdc.http.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Selects the requests of an action.
 *
 * @param method a method of HTTP, or {@link #ANY}
 * @param path the path, with names in braces for variable parts, such as {@code /tasks/{id}}
 * @param open whether the route needs no token, because it reveals nothing private
 */
public record Route(String method, String path, boolean open, Action action) {
  public static final String ANY = "*";

  public static Route of(String method, String path, Action action) {
    return new Route(method, path, false, action);
  }

  /** Returns a route that needs no token. */
  public static Route open(String method, String path, Action action) {
    return new Route(method, path, true, action);
  }

  boolean takes(String asked) {
    return method.equals(ANY)
        || method.equals(asked)
        || (asked.equals("HEAD") && method.equals("GET"));
  }

  /** Returns the parameters of a path, if this route matches it. */
  Optional<Map<String, String>> match(List<String> segments) {
    List<String> own = segments(path);
    if (own.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < own.size(); i++) {
      String wanted = own.get(i);
      String given = segments.get(i);
      if (wanted.startsWith("{")) {
        parameters.put(wanted.substring(1, wanted.length() - 1), given);
      } else if (!wanted.equals(given)) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** Returns the parts of a path. An encoded slash does not separate parts. */
  static List<String> segments(String path) {
    return new ArrayList<>(List.of(path.substring(1).split("/", -1)));
  }
}
