package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.error.CorruptCheckpointException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Records the collections that the consumer has received, with their names: the state that a
 * session leaves to the next one. Not thread-safe.
 */
final class KnownCollections {
  private record Place(String database, String name) {}

  private final Map<Long, Place> places;
  private final boolean fresh;

  private KnownCollections(Map<Long, Place> places, boolean fresh) {
    this.places = places;
    this.fresh = fresh;
  }

  static KnownCollections parse(String text) {
    Map<Long, Place> places = new TreeMap<>();
    try {
      text.lines()
          .skip(1)
          .map(line -> line.split(" ", -1))
          .forEach(
              words ->
                  places.put(
                      Long.parseLong(words[0]), new Place(decode(words[1]), decode(words[2]))));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new CorruptCheckpointException(
          "The consumer's part of the checkpoint cannot be read: " + e.getMessage(), "", e);
    }
    return new KnownCollections(places, text.isEmpty());
  }

  /**
   * Returns a first line and one line for each collection. The first line distinguishes the state
   * from the empty text of the first session.
   */
  String text() {
    return places.entrySet().stream()
        .map(
            one ->
                "\n%d %s %s"
                    .formatted(
                        one.getKey(),
                        encode(one.getValue().database()),
                        encode(one.getValue().name())))
        .collect(Collectors.joining("", "collections", ""));
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static String decode(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }

  /** Returns whether there was no session before. */
  boolean fresh() {
    return fresh;
  }

  boolean has(String database, CollectionEntry collection) {
    return new Place(database, collection.name()).equals(places.get(collection.id()));
  }

  void put(DatabaseEntry database, CollectionEntry collection) {
    places.put(collection.id(), new Place(database.name(), collection.name()));
  }

  void remove(long collection) {
    places.remove(collection);
  }
}
