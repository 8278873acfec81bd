package io.milvus.cdc.internal.queue.pulsar;

import com.fasterxml.jackson.databind.JsonNode;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.Retained;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Pulsar's administration when its topics delete messages, and which messages
 * subscriptions retain. Policies of a topic include the policies of its namespace and its broker if
 * they are requested as applied (Pulsar 2.8 and later, {@code PersistentTopics}).
 */
final class PulsarRetention {
  private static final long MEGABYTE = 1L << 20;

  private final PulsarAdmin admin;
  private final String namespace;

  PulsarRetention(PulsarAdmin admin, String tenant, String namespace) {
    this.admin = admin;
    this.namespace = tenant + "/" + namespace;
  }

  /**
   * Returns the limits of a topic.
   *
   * @throws RetriableException if they cannot be read
   */
  QueueLimits limits(String topic) {
    JsonNode quotas = applied(topic, "backlogQuotaMap");
    JsonNode size = quotas.path("destination_storage");
    JsonNode age = quotas.path("message_age");
    long bytes = size.path("limitSize").asLong(size.path("limit").asLong(-1));
    Duration oldest = positive(age.path("limitTime").asLong(-1), Duration::ofSeconds);
    JsonNode retention = applied(topic, "retention");
    return new QueueLimits(
        bytes > 0 ? bytes : -1,
        oldest,
        stops(bytes > 0 ? size : null) || stops(oldest == null ? null : age),
        minutes(retention.path("retentionTimeInMinutes").asLong(0)),
        bytes(retention.path("retentionSizeInMB").asLong(0)),
        expiry(),
        positive(applied(topic, "messageTTL").asLong(0), Duration::ofSeconds));
  }

  private static boolean stops(@Nullable JsonNode quota) {
    return quota != null && quota.path("policy").asText("").startsWith("producer_");
  }

  private static @Nullable Duration minutes(long minutes) {
    return minutes < 0 ? null : Duration.ofMinutes(minutes);
  }

  private static long bytes(long megabytes) {
    return megabytes < 0 ? -1 : megabytes * MEGABYTE;
  }

  private static @Nullable Duration positive(long value, LongFunction<Duration> unit) {
    return value > 0 ? unit.apply(value) : null;
  }

  /**
   * Reads the expiry of subscriptions. If the namespace sets none, only the broker's own setting
   * shows it, and reading that requires a superuser.
   */
  private @Nullable Duration expiry() {
    JsonNode own =
        admin.get("/admin/v2/namespaces/%s/subscriptionExpirationTime".formatted(namespace));
    if (own.isNumber()) {
      return positive(own.asLong(), Duration::ofMinutes);
    }
    try {
      JsonNode broker = admin.get("/admin/v2/brokers/configuration/runtime");
      return positive(
          broker.path("subscriptionExpirationTimeMinutes").asLong(0), Duration::ofMinutes);
    } catch (RetriableException e) {
      return null;
    }
  }

  private JsonNode applied(String topic, String policy) {
    return admin.get(path(topic, policy) + "?applied=true");
  }

  private String path(String topic, String of) {
    return "/admin/v2/persistent/%s/%s/%s".formatted(namespace, topic, of);
  }

  /**
   * Returns the messages that each subscription retains, on the channel that is nearest to a limit.
   *
   * @throws RetriableException if they cannot be read
   */
  Map<String, Retained> retained(
      Collection<String> topics, Collection<String> subscriptions, QueueLimits limits) {
    Map<String, Retained> worst = new HashMap<>();
    for (String topic : topics) {
      JsonNode stats = stats(topic, limits.backlogAge() != null);
      for (String subscription : subscriptions) {
        JsonNode own = stats.path("subscriptions").path(subscription);
        if (own.path("isDurable").asBoolean(false)) {
          Retained here = retained(topic, stats, own, limits);
          worst.merge(subscription, here, (a, b) -> a.used() >= b.used() ? a : b);
        }
      }
    }
    return worst;
  }

  /**
   * Returns whether the topic's ledgers have entries between these two places.
   *
   * @throws RetriableException if they cannot be read
   */
  boolean hasEntriesBetween(String topic, PulsarPlace before, PulsarPlace behind) {
    for (JsonNode ledger : admin.get(path(topic, "internalStats")).path("ledgers")) {
      long id = ledger.path("ledgerId").asLong();
      long entries = ledger.path("entries").asLong();
      boolean inside = before.ledger() < id && id < behind.ledger();
      boolean rest = id == before.ledger() && entries > before.entry() + 1;
      if (before.ledger() < behind.ledger() && (rest || (inside && entries > 0))) {
        return true;
      }
    }
    return false;
  }

  private JsonNode stats(String topic, boolean withAge) {
    return admin.get(
        path(topic, "stats") + "?subscriptionBacklogSize=true&getEarliestTimeInBacklog=" + withAge);
  }

  private static Retained retained(String topic, JsonNode stats, JsonNode own, QueueLimits limits) {
    long since = own.path("earliestMsgPublishTimeInBacklog").asLong(0);
    return new Retained(
        true,
        topic,
        Math.max(0, own.path("backlogSize").asLong(0)),
        stats.path("msgThroughputIn").asDouble(0),
        since > 0 ? Math.max(0, System.currentTimeMillis() - since) : 0,
        limits);
  }

  /**
   * Returns the durable subscriptions that have this prefix and no consumer, and how many bytes
   * each retains on all of these topics.
   */
  Map<String, Long> unused(Collection<String> topics, String prefix) {
    Map<String, Long> unused = new TreeMap<>();
    for (String topic : topics) {
      stats(topic, false)
          .path("subscriptions")
          .properties()
          .forEach(
              entry -> {
                JsonNode own = entry.getValue();
                if (entry.getKey().startsWith(prefix)
                    && own.path("isDurable").asBoolean(false)
                    && own.path("consumers").isEmpty()) {
                  unused.merge(entry.getKey(), own.path("backlogSize").asLong(0), Long::sum);
                }
              });
    }
    return unused;
  }
}
