package io.milvus.cdc.targets.kafka;

import io.milvus.cdc.internal.preflight.Findings;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Finds problems that would prevent writing events. */
final class KafkaPreflight {
  private final KafkaTargetSettings settings;
  private final Findings findings = new Findings();

  KafkaPreflight(KafkaTargetSettings settings) {
    this.settings = settings;
  }

  Inspection inspect() throws InterruptedException {
    findings.attempt(
        () -> {
          try (KafkaAdmin admin = new KafkaAdmin(settings)) {
            // Without this, each later request would wait as long for unreachable brokers.
            if (findings.attempt(admin::clusterId)) {
              findings.attempt(() -> inspectTopic(admin));
              if (settings.transactions()) {
                findings.attempt(() -> admin.checkTransactions("milvus-cdc-check"));
              }
            }
          }
        });
    return new Inspection(findings.all(), Set.of(), OptionalLong.empty());
  }

  private void inspectTopic(KafkaAdmin admin) throws InterruptedException {
    Optional<TopicDescription> there = admin.topic(settings.events().topic());
    if (there.isEmpty()) {
      admin.create(settings.events().topic(), true);
    } else {
      inspect(there.get(), admin);
    }
    if (settings.events().topicPerCollection()) {
      admin.create(settings.events().topic() + ".check.check", true);
    }
  }

  private void inspect(TopicDescription topic, KafkaAdmin admin) throws InterruptedException {
    boolean readable = !settings.transactions() || KafkaAdmin.allows(topic, AclOperation.READ);
    if (!KafkaAdmin.allows(topic, AclOperation.WRITE) || !readable) {
      throw new WriteRefusal(settings)
          .exception(new TopicAuthorizationException(Set.of(topic.name())));
    }
    if (topic.partitions().size() == 1 && settings.partitions() > 1) {
      findings.add(
          Finding.warning(
              "Topic %s has 1 partition, not %d.".formatted(topic.name(), settings.partitions()),
              "Add partitions before the first event: later, keys would move to other"
                  + " partitions."));
    }
    admin
        .largest(topic.name())
        .filter(bytes -> bytes < settings.events().largest())
        .ifPresent(
            bytes ->
                findings.add(
                    Finding.warning(
                        "Topic %s accepts messages of %d bytes, and events may have %d."
                            .formatted(topic.name(), bytes, settings.events().largest()),
                        "Raise 'max.message.bytes' of the topic, or lower maxBytes: a larger event"
                            + " would stop the task.")));
  }
}
