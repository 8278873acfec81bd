package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexParametersTest {
  @Test
  void bothSpellingsAreTheSameFlat() {
    Map<String, String> together =
        Map.of("index_type", "hnsw", "metric_type", "L2", "params", "{\"M\": 16, \"on\": true}");
    Map<String, String> apart =
        Map.of("index_type", "HNSW", "metric_type", "l2", "M", "16", "on", "true");

    assertThat(IndexParameters.flat(together)).isEqualTo(IndexParameters.flat(apart));
  }

  @Test
  void numbersAreNumbersWhenTheyArePackedAndTextsTexts() {
    Map<String, String> packed =
        IndexParameters.packed(
            Map.of("index_type", "IVF_FLAT", "nlist", "16", "mmap.enabled", "true", "name", "x y"));

    assertThat(packed)
        .containsOnly(
            Map.entry("index_type", "IVF_FLAT"),
            Map.entry("mmap.enabled", "true"),
            Map.entry("params", "{\"name\":\"x y\",\"nlist\":16}"));
  }

  @Test
  void whatIsNoJsonStaysAsItIs() {
    assertThat(IndexParameters.flat(Map.of("params", "{"))).isEqualTo(Map.of("params", "{"));
  }
}
