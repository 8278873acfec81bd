package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.sources.ChangeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which topics nobody but Milvus may write to. */
class OwnTopicsTest {
  private static ChangeSource source(String channelPrefix) {
    return MilvusSource.builder()
        .etcd("http://127.0.0.1:1")
        .kafka("127.0.0.1:1")
        .channelPrefix(channelPrefix)
        .build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "by-dev-rootcoord-dml_0",
        "by-dev-rootcoord-dml_15",
        "by-dev-rootcoord-timetick",
        "by-dev-rootcoord-statistics",
        "by-dev-datacoord-timetick-channel",
        "by-dev-replicate-msg",
        "another-rootcoord-dml_3"
      })
  void whatAMilvusWithUsualNamesWritesIsItsOwn(String topic) {
    assertThat(source("by-dev-rootcoord-dml").owns(topic)).isTrue();
  }

  @Test
  void whatHasNamesOfTheUsersIsItsOwnToo() {
    assertThat(source("shop.rows").owns("shop.rows_7")).isTrue();
    assertThat(source("shop.rows").owns("shop.rows")).isFalse();
    assertThat(source("shop.rows").owns("shopXrows_7")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"changes", "by-dev-changes", "by-dev-rootcoord-dml_0_changes", "dml_0"})
  void everythingElseIsForAnybody(String topic) {
    assertThat(source("by-dev-rootcoord-dml").owns(topic)).isFalse();
  }
}
