package io.milvus.cdc.internal.storage;

import io.milvus.cdc.error.SourceException;
import java.util.Arrays;
import java.util.List;

/** Checks the names of objects, so that the root path is never left. */
final class ObjectNames {
  private static final List<String> NO_NAMES = List.of("", ".", "..");

  private ObjectNames() {}

  /**
   * Returns the name of an object.
   *
   * @throws SourceException if it is absolute, or a part of it is empty or consists of dots
   */
  static String object(String name) {
    boolean valid =
        Arrays.stream(name.split("/", -1)).noneMatch(NO_NAMES::contains)
            && name.chars().noneMatch(one -> one == '\\' || Character.isISOControl(one));
    if (!valid) {
      throw new SourceException(
          "'%s' is not a valid name of an object.".formatted(name),
          "Report this with the source's version.");
    }
    return name;
  }

  /**
   * Returns the name of a folder.
   *
   * @throws SourceException if it has no slash at its end, or is not valid otherwise
   */
  static String folder(String name) {
    if (!name.isEmpty()) {
      object(name.endsWith("/") ? name.substring(0, name.length() - 1) : name + "/");
    }
    return name;
  }
}
