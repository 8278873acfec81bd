package io.milvus.cdc.internal.segments;

import io.milvus.cdc.catalog.Channels;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.FieldTraits;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Selects the segments of some collections, and describes their rows. Immutable. */
final class Wanted {
  /** Lower ids are Milvus's system fields (2.3 internal/common/common.go). */
  private static final long FIRST_FIELD = 100;

  private final Map<Long, CollectionEntry> collections = new HashMap<>();
  private final Map<Long, List<SchemaField>> fields = new HashMap<>();

  /** The fields that a Milvus computes from others, by collection. No message has them. */
  private final Map<Long, Set<Long>> computed = new HashMap<>();

  /**
   * Selects the partitions that exist.
   *
   * @throws SourceException if a schema cannot be decoded
   */
  Wanted(Collection<CollectionEntry> wanted) {
    for (CollectionEntry collection : wanted) {
      collections.put(collection.id(), collection);
      addFields(collection);
    }
  }

  private void addFields(CollectionEntry collection) {
    try {
      Set<String> outputs = FieldTraits.of(collection.schema().encoded()).computed();
      List<SchemaField> sent = new ArrayList<>();
      Set<Long> left = new HashSet<>();
      for (SchemaField field : SchemaField.of(collection.schema().encoded())) {
        if (outputs.contains(field.name())) {
          left.add(field.id());
        } else {
          sent.add(field);
        }
      }
      fields.put(collection.id(), sent);
      computed.put(collection.id(), left);
    } catch (IOException | IllegalArgumentException e) {
      throw new SourceException(
          "The schema of collection %s cannot be decoded: %s."
              .formatted(collection.name(), e.getMessage()),
          "Check that the source is a Milvus 2.3 to 2.5.",
          e);
    }
  }

  Set<Long> collections() {
    return collections.keySet();
  }

  /** Returns the names for the rows of a segment, or empty if they are not wanted. */
  Optional<Address> address(Segment segment) {
    CollectionEntry collection = collections.get(segment.collection());
    if (collection == null || collection.shardOf(segment.channel()) < 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(collection.partitions().get(segment.partition()))
        .filter(partition -> !partition.dropped())
        .map(partition -> address(collection, partition, segment.channel()));
  }

  private static Address address(
      CollectionEntry collection, PartitionEntry partition, String shard) {
    return new Address(
        Channels.physicalOf(shard),
        shard,
        "",
        collection.name(),
        collection.id(),
        partition.name(),
        partition.id());
  }

  /**
   * Returns a part without the columns of computed fields, such as the vectors of a full-text
   * search. The target computes them, too.
   */
  Part withoutComputed(Part part) {
    Map<Long, LogFile> columns = new HashMap<>(part.columns());
    columns.keySet().removeAll(computed.getOrDefault(part.segment().collection(), Set.of()));
    return new Part(part.segment(), Map.copyOf(columns));
  }

  /**
   * Returns the fields of a part's rows, without those that are computed. The schema does not say
   * the id of {@code $meta}, which is the only field that the part has besides.
   */
  List<SchemaField> fields(Part part) {
    List<SchemaField> known = fields.getOrDefault(part.segment().collection(), List.of());
    List<Long> others = new ArrayList<>(part.columns().keySet());
    others.removeIf(id -> id < FIRST_FIELD);
    known.forEach(field -> others.remove(field.id()));
    if (others.size() != 1) {
      return known;
    }
    return known.stream()
        .map(field -> field.dynamic() && field.id() == 0 ? dynamic(field, others.get(0)) : field)
        .toList();
  }

  private static SchemaField dynamic(SchemaField field, long id) {
    return new SchemaField(
        id, field.name(), field.type(), "", false, false, false, false, Map.of());
  }
}
