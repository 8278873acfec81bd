package io.milvus.cdc.sources.milvus;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Determines the owner of the keys below a source's root path in etcd. */
final class SourceKeys {
  private static final int ROOTS_TO_NAME = 10;

  private final EtcdConnection etcd;
  private final MetaLayout layout;

  SourceKeys(EtcdConnection etcd, MetaLayout layout) {
    this.etcd = etcd;
    this.layout = layout;
  }

  /** Rejects a root path without a Milvus below it. */
  void requireRootPath() throws InterruptedException {
    String databases = layout.prefix() + CatalogKey.Kind.DATABASE.prefix;
    if (count(databases) == 0) {
      throw new ConfigException(
          "%s holds no Milvus below '%s': there are no keys '%s...'."
              .formatted(etcd, layout.rootPath(), databases),
          ("Set rootPath to the source's etcd.rootPath (and metaSubPath to its "
                  + "etcd.metaSubPath). Paths found there: %s.")
              .formatted(rootsFound()));
    }
  }

  /** Returns the ids of all collections. */
  Set<Long> collections() throws InterruptedException {
    Set<Long> ids = new HashSet<>();
    String prefix = layout.prefix() + CatalogKey.Kind.COLLECTION.prefix;
    for (KeyValue entry : etcd.keys(prefix)) {
      CatalogKey key =
          CatalogKey.parse(entry.getKey().toString().substring(layout.prefix().length()));
      if (key != null) {
        ids.add(key.id());
      }
    }
    return ids;
  }

  private long count(String prefix) throws InterruptedException {
    return etcd.get(
            prefix,
            GetOption.builder()
                .withRange(EtcdConnection.prefixEnd(prefix))
                .withCountOnly(true)
                .build())
        .getCount();
  }

  private String rootsFound() throws InterruptedException {
    try {
      return roots().toString();
    } catch (RetriableException e) {
      return "hidden from this user";
    }
  }

  /** Returns the first path elements in use, found by skipping from one to the next. */
  private List<String> roots() throws InterruptedException {
    List<String> roots = new ArrayList<>();
    String from = "\0";
    while (roots.size() < ROOTS_TO_NAME) {
      var keys =
          etcd.get(
                  from,
                  GetOption.builder()
                      .withRange(EtcdConnection.bytes("\u007f"))
                      .withKeysOnly(true)
                      .withLimit(1)
                      .build())
              .getKvs();
      if (keys.isEmpty()) {
        break;
      }
      String root = keys.get(0).getKey().toString().split("/", 2)[0];
      roots.add(root);
      from = root + "/\u007f";
    }
    return roots;
  }
}
