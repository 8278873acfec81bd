package io.milvus.cdc.targets.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.testkit.Entries;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;

class EventSettingsTest {
  private static String topic(String common, String database, String collection) {
    Table table = new Table(Entries.collection(1, "c", 7), database, collection, List.of());
    return new EventSettings(common, true, EventFormat.cloudEvents(), null, Duration.ZERO, 1)
        .topicOf(table);
  }

  @Test
  void aNameThatKafkaAcceptsIsNotChanged() {
    assertThat(topic("changes", "shop", "goods")).isEqualTo("changes.shop.goods");
    String longest = "c".repeat(249 - "changes.shop.".length());
    assertThat(topic("changes", "shop", longest)).isEqualTo("changes.shop." + longest);
  }

  @Test
  void namesThatAreTooLongForKafkaAreCutAndStayApart() {
    String one = topic("changes", "d".repeat(255), "c".repeat(254) + "1");
    String two = topic("changes", "d".repeat(255), "c".repeat(254) + "2");
    Topic.validate(one);
    Topic.validate(two);
    assertThat(one).startsWith("changes.ddd").hasSize(249).isNotEqualTo(two);
    assertThat(topic("changes", "d".repeat(255), "c".repeat(254) + "1")).isEqualTo(one);
  }

  @Test
  void theNamespaceOfATopicOfPulsarDoesNotCount() {
    String place = "persistent://public/default/";
    String longest = "c".repeat(249 - "changes.shop.".length());
    assertThat(topic(place + "changes", "shop", longest))
        .isEqualTo(place + "changes.shop." + longest);
    assertThat(topic(place + "changes", "shop", longest + "c"))
        .startsWith(place + "changes.shop.c");
  }
}
