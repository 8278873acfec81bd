package io.milvus.cdc.source.milvus;

import io.etcd.jetcd.options.GetOption;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.etcd.EtcdConnection;
import io.milvus.cdc.etcd.EtcdSettings;
import io.milvus.cdc.source.mq.MessageQueue;
import io.milvus.cdc.source.mq.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what would keep a source from being read, and says how to mend it. */
final class SourcePreflight {
  private static final int ROOTS_TO_NAME = 10;

  private final EtcdConnection etcd;
  private final EtcdSettings settings;
  private final MessageQueue queue;
  private final QueueSettings queueSettings;
  private final String channelPrefix;

  SourcePreflight(
      EtcdConnection etcd,
      EtcdSettings settings,
      MessageQueue queue,
      QueueSettings queueSettings,
      String channelPrefix) {
    this.etcd = etcd;
    this.settings = settings;
    this.queue = queue;
    this.queueSettings = queueSettings;
    this.channelPrefix = channelPrefix;
  }

  void check() throws InterruptedException {
    checkRootPath();
    queue.checkAccess(channelPrefix + "_0");
    checkTopics();
  }

  private void checkRootPath() throws InterruptedException {
    String databases = settings.metaPrefix() + CatalogKey.Kind.DATABASE.prefix;
    if (count(databases) == 0) {
      throw new ConfigException(
          ("etcd at %s holds no Milvus below '%s': there are no keys '%s...'. Set rootPath to the"
                  + " source's etcd.rootPath (and metaSubPath to its etcd.metaSubPath). Paths found"
                  + " there: %s.")
              .formatted(settings.endpoints(), settings.rootPath(), databases, rootsFound()));
    }
  }

  /** Whether the source has never had a collection, so that nothing tells of its prefix. */
  private boolean isEmpty() throws InterruptedException {
    return count(settings.metaPrefix() + CatalogKey.Kind.COLLECTION.prefix) == 0;
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
      return "not for this user to see";
    }
  }

  /** The first path elements in use, found by skipping from one to the next. */
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

  private void checkTopics() throws InterruptedException {
    Set<String> topics = queue.topics();
    if (topics.stream().noneMatch(topic -> topic.matches("\\Q" + channelPrefix + "\\E_\\d+"))) {
      Set<String> prefixes = new TreeSet<>();
      topics.stream()
          .filter(topic -> topic.matches(".*-dml_\\d+"))
          .forEach(topic -> prefixes.add(topic.substring(0, topic.lastIndexOf('_'))));
      if (!queueSettings.topicsComeFirst() && prefixes.isEmpty() && isEmpty()) {
        return;
      }
      throw new ConfigException(
          ("%s has no topics '%s_<n>'. Set channelPrefix to the source's chanNamePrefix.cluster and"
                  + " chanNamePrefix.rootCoordDml, joined by a dash. Prefixes found there: %s. %s")
              .formatted(
                  queueSettings.name(), channelPrefix, prefixes, queueSettings.whereTopicsHide()));
    }
  }
}
