package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.Counters;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.Retention;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.http.task.SpecJson;
import io.milvus.cdc.http.task.TaskView;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status of a task. Times of the source appear twice: as hybrid timestamps, and readable
 * for people.
 */
final class StatusJson {
  private static final double MILLIS = 1000;

  private StatusJson() {}

  static ObjectNode of(TaskView view) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", view.id()).put("state", view.state().name()).put("reason", view.reason());
    view.notes().forEach(node.putArray("notes")::add);
    TaskStatus status = view.status();
    if (status == null) {
      return node;
    }
    node.put("since", status.since().toString());
    moment(node, "watermark", status.watermark().value());
    moment(node, "readTimestamp", status.readTimestamp().value());
    lag(node, status.lag());
    ArrayNode channels = node.putArray("channels");
    status.channels().forEach(channel -> channels.add(channel(channel)));
    node.set("counters", counters(status.counters()));
    existing(node, status.existing());
    status.limitations().forEach(node.putArray("limitations")::add);
    retention(node, status.retention());
    retry(node, status.retry());
    return node;
  }

  private static void existing(ObjectNode node, @Nullable ExistingStatus existing) {
    if (existing == null) {
      return;
    }
    ObjectNode copy = node.putObject("existing").put("phase", existing.phase().name());
    moment(copy, "cut", existing.cut().value());
    copy.put("rows", existing.rows())
        .put("bytes", existing.bytes())
        .put("rowsLeft", existing.rowsLeft())
        .put("bytesLeft", existing.bytesLeft());
    Duration timeLeft = existing.timeLeft();
    if (timeLeft != null) {
      copy.put("secondsLeft", timeLeft.toMillis() / MILLIS);
    }
    ObjectNode waiting = copy.putObject("waitingFor");
    new TreeMap<>(existing.waitingFor())
        .forEach((channel, time) -> waiting.put(channel, Long.toString(time.value())));
  }

  private static void retention(ObjectNode node, @Nullable Retention retention) {
    if (retention == null) {
      return;
    }
    ObjectNode kept =
        node.putObject("retention")
            .put("pinned", retention.pinned())
            .put("channel", retention.channel())
            .put("bytes", retention.bytes());
    if (retention.limitBytes() >= 0) {
      kept.put("limitBytes", retention.limitBytes());
    }
    if (retention.limitReachedAt() != null) {
      kept.put("limitReachedAt", retention.limitReachedAt().toString());
    }
    if (retention.expiresAt() != null) {
      kept.put("expiresAt", retention.expiresAt().toString());
    }
    kept.put("advice", retention.advice());
  }

  private static void moment(ObjectNode node, String name, long timestamp) {
    node.put(name, Long.toString(timestamp));
    if (timestamp > 0) {
      node.put(name + "Time", Timestamps.instant(timestamp).toString());
    }
  }

  private static ObjectNode channel(ChannelStatus channel) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("channel", channel.channel())
            .put("live", channel.live());
    moment(node, "tick", channel.tick().value());
    lag(node, channel.lag());
    return node.put("bufferedMessages", channel.bufferedMessages())
        .put("bufferedBytes", channel.bufferedBytes());
  }

  /** Omits an unknown lag, which must not appear as 0. */
  static void lag(ObjectNode node, @Nullable Duration lag) {
    if (lag != null) {
      node.put("lagSeconds", lag.toMillis() / MILLIS);
    }
  }

  private static ObjectNode counters(Counters counters) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("inserted", counters.inserted())
        .put("deleted", counters.deleted())
        .put("bytes", counters.bytes())
        .put("schemaChanges", counters.schemaChanges())
        .put("discarded", counters.discarded())
        .put("filtered", counters.filtered())
        .put("setAside", counters.setAside())
        .put("retries", counters.retries())
        .put("restamped", counters.restamped())
        .put("rounds", counters.rounds())
        .put("applyingSeconds", counters.applying().toMillis() / MILLIS)
        .put("rowsPerSecond", counters.rate());
  }

  private static void retry(ObjectNode node, TaskStatus.@Nullable Retry retry) {
    if (retry != null) {
      node.putObject("retry")
          .put("attempt", retry.attempt())
          .put("next", retry.next().toString())
          .put("cause", retry.cause());
    }
  }

  /**
   * Returns the position from which a task would resume, in the form in which another task can
   * start there.
   */
  static ObjectNode positions(TaskView view) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", view.id());
    TaskStatus status = view.status();
    if (status != null) {
      node.set("startFrom", SpecJson.start(status.checkpoint()));
    }
    return node;
  }

  static ObjectNode promotion(Promotion promotion) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("watermark", Long.toString(promotion.watermark().value()))
        .put("sourceTime", promotion.sourceTime().toString());
    if (promotion.doubtfulUntil() != null) {
      node.put("doubtfulUntil", promotion.doubtfulUntil().toString());
    }
    node.put("writable", promotion.writable());
    promotion.toDo().forEach(node.putArray("toDo")::add);
    return node;
  }
}
