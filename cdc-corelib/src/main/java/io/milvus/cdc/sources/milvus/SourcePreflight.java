package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.RunningMilvus;
import io.milvus.cdc.internal.milvus.MilvusVersion;
import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueSettings;
import io.milvus.cdc.internal.segments.StorageCheck;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.sources.Pinning;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds problems that would prevent reading a source, each with its cure. */
final class SourcePreflight {
  private final EtcdEndpoint endpoint;
  private final MetaLayout layout;
  private final QueueSettings queueSettings;
  private final String channelPrefix;
  private final @Nullable MilvusEndpoint api;
  private final Pinning pinning;
  private final @Nullable StorageEndpoint storage;
  private final @Nullable GarbageLease garbage;
  private final Findings findings = new Findings();
  private final Set<String> identities = new HashSet<>();
  private OptionalLong leadMillis = OptionalLong.empty();

  /** Whether the source has never had a collection, so that its prefix cannot be verified. */
  private boolean empty;

  SourcePreflight(
      EtcdEndpoint endpoint,
      MetaLayout layout,
      QueueSettings queueSettings,
      String channelPrefix,
      @Nullable MilvusEndpoint api,
      @Nullable StorageEndpoint storage,
      @Nullable GarbageLease garbage,
      Pinning pinning) {
    this.storage = storage;
    this.garbage = garbage;
    this.pinning = pinning;
    this.endpoint = endpoint;
    this.layout = layout;
    this.queueSettings = queueSettings;
    this.channelPrefix = channelPrefix;
    this.api = api;
  }

  /** Contacts each part on connections of its own, which fail at once if a part is unreachable. */
  Inspection inspect() throws InterruptedException {
    findings.attempt(() -> reading(this::inspectEtcd));
    findings.attempt(() -> reading(this::inspectQueue));
    if (api != null) {
      findings.attempt(() -> inspectApi(api));
    }
    if (storage != null) {
      findings.attempt(() -> reading(() -> inspectStorage(storage)));
    }
    if (garbage != null) {
      findings.attempt(() -> reading(garbage::check));
    }
    return new Inspection(findings.all(), identities, leadMillis);
  }

  private static void reading(Findings.Step step) throws InterruptedException {
    try {
      step.run();
    } catch (RetriableException e) {
      throw new ConfigException("The source cannot be read: " + e.what(), e.cure(), e);
    }
  }

  private void inspectEtcd() throws InterruptedException {
    try (EtcdConnection etcd = EtcdConnection.probe(endpoint, layout.keys())) {
      SourceKeys keys = new SourceKeys(etcd, layout);
      keys.requireRootPath();
      Set<Long> collections = keys.collections();
      empty = collections.isEmpty();
      collections.forEach(id -> identities.add("collection " + id));
      Optional<RunningMilvus> running = RunningMilvus.find(etcd, layout.prefix());
      running.flatMap(RunningMilvus::identity).ifPresent(identities::add);
      running
          .map(milvus -> MilvusVersion.judge("The source", milvus.version()))
          .orElseGet(this::stopped)
          .ifPresent(findings::add);
    }
  }

  private Optional<Finding> stopped() {
    return Optional.of(
        Finding.warning(
            "The source does not run: %s holds no session of its root coordinator."
                .formatted(endpoint),
            "Start it to receive new changes. Its earlier writes are replicated in any"
                + " case."));
  }

  private void inspectApi(MilvusEndpoint asked) {
    identities.add("address " + asked.uri().getHost() + ":" + asked.port());
    try (SourceApi connected = SourceApi.connect(asked)) {
      connected.check();
      leadMillis = connected.leadMillis();
    }
  }

  private void inspectStorage(StorageEndpoint place) throws InterruptedException {
    try (EtcdConnection etcd = EtcdConnection.probe(endpoint, layout.keys());
        ObjectStorage opened = ObjectStorage.open(place)) {
      StorageCheck.require(etcd, layout.prefix(), opened, place);
    }
  }

  private void inspectQueue() {
    try (MessageQueue queue = queueSettings.connect()) {
      queue.checkAccess(channelPrefix + "_0");
      Set<String> topics = queue.topics();
      requireTopics(topics);
      new Channels(channelPrefix)
          .among(topics).stream()
              .findFirst()
              .ifPresent(channel -> inspectRetention(queue, channel));
    }
  }

  private void inspectRetention(MessageQueue queue, String channel) {
    RetentionPreflight retention =
        new RetentionPreflight(queueSettings.name(), queueSettings.pins(), pinning);
    try {
      findings.addAll(retention.of(queue.limits(channel)));
    } catch (RetriableException e) {
      findings.add(retention.unknown(String.valueOf(e.getMessage())));
    }
  }

  private void requireTopics(Set<String> topics) {
    if (!new Channels(channelPrefix).among(topics).isEmpty()) {
      return;
    }
    Set<String> prefixes = new TreeSet<>();
    topics.stream()
        .filter(topic -> topic.matches(".*-dml_\\d+"))
        .forEach(topic -> prefixes.add(topic.substring(0, topic.lastIndexOf('_'))));
    if (!queueSettings.topicsComeFirst() && prefixes.isEmpty() && empty) {
      return;
    }
    findings.add(
        Finding.blocking(
            "%s has no topics '%s_<n>'.".formatted(queueSettings.name(), channelPrefix),
            ("Set channelPrefix to the source's chanNamePrefix.cluster and"
                    + " chanNamePrefix.rootCoordDml, joined by a dash. Prefixes found there: %s. %s")
                .formatted(prefixes, queueSettings.whereTopicsHide())));
  }
}
