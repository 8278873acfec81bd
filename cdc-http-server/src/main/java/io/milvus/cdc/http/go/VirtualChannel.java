package io.milvus.cdc.http.go;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes names of a collection's channels: the physical channel, the collection's id, and the
 * shard.
 */
final class VirtualChannel {
  private static final Pattern NAME = Pattern.compile(".+_(\\d+)v\\d+");

  private VirtualChannel() {}

  static boolean is(String name) {
    return NAME.matcher(name).matches();
  }

  static void requireOneCollection(Set<String> names) {
    Set<String> collections = new TreeSet<>();
    for (String name : names) {
      Matcher parts = NAME.matcher(name);
      if (parts.matches()) {
        collections.add(parts.group(1));
      }
    }
    if (collections.size() > 1) {
      throw GoFailure.client(
          "the channel position info should be in the same collection; these are of %s"
              .formatted(collections));
    }
  }
}
