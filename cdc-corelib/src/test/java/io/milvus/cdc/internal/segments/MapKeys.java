package io.milvus.cdc.internal.segments;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Keys of an etcd, in memory. */
final class MapKeys implements MetaKeys {
  static final String META = "by-dev/meta/";

  private final NavigableMap<String, byte[]> keys = new TreeMap<>();

  /** Runs whenever the newest revision is asked for. */
  Runnable onRevision = () -> {};

  MapKeys put(String key, byte[] value) {
    keys.put(key, value);
    return this;
  }

  MapKeys put(String key, MessageLite value) {
    return put(META + key, value.toByteArray());
  }

  /** Writes all keys to a file, for another process. */
  void save(Path file) throws IOException {
    Properties all = new Properties();
    keys.forEach((key, value) -> all.put(key, Base64.getEncoder().encodeToString(value)));
    try (Writer out = Files.newBufferedWriter(file)) {
      all.store(out, null);
    }
  }

  void load(Path file) throws IOException {
    Properties all = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      all.load(in);
    }
    all.forEach((key, value) -> keys.put((String) key, Base64.getDecoder().decode((String) value)));
  }

  @Override
  public long revision() {
    onRevision.run();
    return 1;
  }

  @Override
  public Optional<byte[]> value(String key, long revision) {
    return Optional.ofNullable(keys.get(key));
  }

  @Override
  public List<Map.Entry<String, byte[]>> first(String prefix, int most) {
    return below(prefix, 1).stream().limit(most).toList();
  }

  @Override
  public List<Map.Entry<String, byte[]>> below(String prefix, long revision) {
    return keys.tailMap(prefix).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> Map.entry(entry.getKey().substring(prefix.length()), entry.getValue()))
        .toList();
  }
}
