package io.milvus.cdc.internal.segments;

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
    List<Map.Entry<String, byte[]>> all = new ArrayList<>();
    for (var found : etcd.list(prefix, revision)) {
      String key = found.getKey().toString(StandardCharsets.UTF_8);
      all.add(Map.entry(key.substring(prefix.length()), found.getValue().getBytes()));
    }
    return all;
  }
}
