package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.proto.meta.AliasInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads aliases from the keys {@code root-coord/database/aliases/<database id>/<alias>} and their
 * historical copies (Milvus 2.3 internal/metastore/kv/rootcoord). A move to another collection
 * rewrites the value with a new time. If a dropped alias is created again, its key is reused.
 */
final class AliasState {
  static final String PREFIX = CatalogKey.ROOT + "database/aliases/";
  private static final String HISTORY = CatalogKey.HISTORY + PREFIX;
  private static final String STAMP = "_ts";

  private final Map<AliasName, AliasInfo> infos = new HashMap<>();
  private final Set<AliasName> gone = new HashSet<>();
  private final Map<AliasName, Long> lastDrops = new HashMap<>();

  static boolean covers(String key) {
    return key.startsWith(PREFIX) || key.startsWith(HISTORY);
  }

  /**
   * Applies one key.
   *
   * @param value null if the key was deleted, or overwritten by a tombstone
   * @param deleted whether there is no value at all
   */
  void apply(String key, @Nullable ByteString value, boolean deleted)
      throws InvalidProtocolBufferException {
    if (key.startsWith(HISTORY)) {
      applyCopy(key, value != null || deleted);
      return;
    }
    AliasName name = name(key.substring(PREFIX.length()));
    if (name == null) {
      return;
    }
    if (value == null) {
      gone.add(name);
    } else {
      gone.remove(name);
      infos.put(name, AliasInfo.parseFrom(value));
    }
  }

  private void applyCopy(String key, boolean tellsNoDrop) {
    int stamp = key.lastIndexOf(STAMP);
    AliasName name = stamp < 0 ? null : name(key.substring(HISTORY.length(), stamp));
    if (name != null && !tellsNoDrop) {
      long at = Long.parseUnsignedLong(key, stamp + STAMP.length(), key.length(), 10);
      lastDrops.merge(name, at, Math::max);
    }
  }

  private static @Nullable AliasName name(String rest) {
    String[] parts = rest.split("/", -1);
    return parts.length == 2 && parts[0].matches("\\d{1,18}")
        ? new AliasName(Long.parseLong(parts[0]), parts[1])
        : null;
  }

  Map<AliasName, AliasEntry> aliases() {
    Map<AliasName, AliasEntry> entries = new HashMap<>();
    infos.forEach(
        (name, info) ->
            entries.put(
                name,
                new AliasEntry(
                    name,
                    info.getCollectionId(),
                    info.getCreateTime(),
                    gone.contains(name)
                        ? lastDrops.getOrDefault(name, DatabaseEntry.LONG_AGO)
                        : 0)));
    return entries;
  }
}
