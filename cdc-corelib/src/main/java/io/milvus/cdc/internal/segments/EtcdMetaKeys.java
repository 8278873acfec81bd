package io.milvus.cdc.internal.segments;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads keys over an open connection. */
record EtcdMetaKeys(EtcdConnection etcd) implements MetaKeys {
  @Override
  public long revision() throws InterruptedException {
    return etcd.revision();
  }

  @Override
  public Optional<byte[]> value(String key, long revision) throws InterruptedException {
    return etcd.get(key, GetOption.builder().withRevision(revision).build()).getKvs().stream()
        .findFirst()
        .map(found -> found.getValue().getBytes());
  }

  @Override
  public List<Map.Entry<String, byte[]>> below(String prefix, long revision)
      throws InterruptedException {
    return byRest(prefix, etcd.list(prefix, revision));
  }

  @Override
  public List<Map.Entry<String, byte[]>> first(String prefix, int most)
      throws InterruptedException {
    GetOption option =
        GetOption.builder().withRange(EtcdConnection.prefixEnd(prefix)).withLimit(most).build();
    return byRest(prefix, etcd.get(prefix, option).getKvs());
  }

  private static List<Map.Entry<String, byte[]>> byRest(String prefix, List<KeyValue> found) {
    List<Map.Entry<String, byte[]>> all = new ArrayList<>();
    for (KeyValue one : found) {
      String key = one.getKey().toString(StandardCharsets.UTF_8);
      all.add(Map.entry(key.substring(prefix.length()), one.getValue().getBytes()));
    }
    return all;
  }
}
