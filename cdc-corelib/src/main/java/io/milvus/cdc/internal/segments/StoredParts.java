package io.milvus.cdc.internal.segments;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.internal.storage.StoredObject;
import io.milvus.cdc.internal.wire.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lists the parts of some collections with the files of their deletes.
 *
 * @param meta the prefix of the source's metadata, with its slash
 * @param pause the time between two tries
 */
record StoredParts(MetaKeys etcd, String meta, ObjectStorage storage, Duration pause) {
  private static final int TRIES = 60;
  private static final int SHOWN = 3;
  private static final String DELETES = "delta_log/%d/";

  /** A compaction is recorded in seconds, unless the source crashes meanwhile. */
  private static final Duration RECORDING = Duration.ofMinutes(10);

  /** The newest version with one file a column. Milvus 2.6 packs columns together. */
  private static final long NEWEST_VERSION = 1;

  /**
   * Lists the parts at the newest revision. Waits while a compaction is only half recorded.
   *
   * @throws SourceException if it is still half recorded at the last try
   */
  List<StoredPart> list(Wanted wanted) throws InterruptedException {
    Orphans orphans = new Orphans();
    for (int tries = 1; ; tries++) {
      Instant since = Instant.now().minus(RECORDING);
      SegmentListing listing =
          SegmentListing.read(etcd, meta, wanted.collections()::contains, etcd.revision());
      Map<Long, String> unsettled = listing.doubled();
      unsettled.putAll(orphans.of(listing, since));
      List<StoredPart> parts =
          unsettled.isEmpty() ? parts(wanted, listing, since, unsettled) : List.of();
      if (unsettled.isEmpty()) {
        return parts;
      }
      if (tries == TRIES) {
        throw new SourceException(
            "The source's records of its segments contradict each other in %d places. %s"
                .formatted(unsettled.size(), String.join(" ", first(unsettled))),
            "Wait until the source has compacted them. If they do not change, restart its DataCoord.");
      }
      Thread.sleep(pause.toMillis());
    }
  }

  /**
   * Returns the parts.
   *
   * @param unsettled gets the segments whose files are not all recorded, each with a sentence
   */
  private List<StoredPart> parts(
      Wanted wanted, SegmentListing listing, Instant since, Map<Long, String> unsettled)
      throws InterruptedException {
    Map<Long, Set<String>> stored = storedDeletes(wanted.collections());
    FileRecords records = new FileRecords(etcd, meta, listing.revision());
    Map<String, List<String>> common = new HashMap<>();
    for (Segment segment : listing.withDeletesOnly(since)) {
      SegmentFiles files = records.of(segment);
      common
          .computeIfAbsent(key(segment.channel(), segment.partition()), key -> new ArrayList<>())
          .addAll(paths(segment, files, stored));
    }
    Map<String, List<String>> joined = new HashMap<>();
    List<StoredPart> parts = new ArrayList<>();
    for (Segment segment : listing.withRows()) {
      Optional<Address> address = wanted.address(segment);
      if (address.isEmpty()) {
        continue;
      }
      requireVersion(segment);
      SegmentFiles files = records.of(segment);
      List<Part> own = Part.of(segment, files);
      long rows = own.stream().mapToLong(Part::rows).sum();
      if (!segment.parents().isEmpty() && rows < segment.info().getNumOfRows()) {
        unsettled.put(
            segment.id(),
            "Segment %d has %d rows, but files of %d."
                .formatted(segment.id(), segment.info().getNumOfRows(), rows));
      }
      DeleteFiles deletes =
          new DeleteFiles(
              paths(segment, files, stored),
              joined.computeIfAbsent(
                  key(segment.channel(), segment.partition()), key -> join(common, segment)));
      for (Part all : own) {
        Part part = wanted.withoutComputed(all);
        parts.add(new StoredPart(part, address.get(), wanted.fields(part), deletes));
      }
    }
    return parts;
  }

  private static List<String> first(Map<Long, String> unsettled) {
    return unsettled.values().stream().limit(SHOWN).toList();
  }

  private static String key(String channel, long partition) {
    return channel + "/" + partition;
  }

  /** Returns the deletes of level 0 in a segment's partition and in all partitions. */
  private static List<String> join(Map<String, List<String>> common, Segment segment) {
    List<String> joined =
        new ArrayList<>(
            common.getOrDefault(key(segment.channel(), segment.partition()), List.of()));
    joined.addAll(common.getOrDefault(key(segment.channel(), -1), List.of()));
    return List.copyOf(joined);
  }

  /**
   * Returns the files of deletes by segment. A 2.3.5 may lose some of them in its records: if a
   * compaction's parents both had deletes, their lists are stored under one key
   * (internal/metastore/kv/datacoord/kv_catalog.go, buildBinlogKvs).
   */
  private Map<Long, Set<String>> storedDeletes(Collection<Long> collections)
      throws InterruptedException {
    Map<Long, Set<String>> stored = new HashMap<>();
    for (long collection : collections) {
      for (StoredObject object : storage.list(DELETES.formatted(collection))) {
        // delta_log/<collection>/<partition>/<segment>/<number>
        String[] names = object.name().split("/", -1);
        if (names.length == 5 && names[3].matches("\\d{1,18}")) {
          stored
              .computeIfAbsent(Long.parseLong(names[3]), id -> new TreeSet<>())
              .add(object.name());
        }
      }
    }
    return stored;
  }

  private static Set<String> paths(
      Segment segment, SegmentFiles files, Map<Long, Set<String>> stored) {
    Set<String> paths = new TreeSet<>(stored.getOrDefault(segment.id(), Set.of()));
    files.deletes().forEach(file -> paths.add(file.path()));
    return paths;
  }

  private static void requireVersion(Segment segment) {
    long version = segment.info().getStorageVersion();
    if (version < 0 || version > NEWEST_VERSION) {
      throw new SourceException(
          "Segment %d is stored in packed files, in storage version %d."
              .formatted(segment.id(), version),
          "Copy the rows of its collection with Milvus's backup tool, or leave the collection out.");
    }
  }
}
