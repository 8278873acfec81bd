package io.milvus.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.testkit.FakeTarget;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CdcEngineTest {
  private static MilvusTarget target() {
    return MilvusTarget.builder().uri("http://standby:19530").build();
  }

  @Test
  void oneTargetUnderTwoNamesIsRefused() {
    CdcEngine.Builder builder =
        CdcEngine.builder()
            .source(new FakeSource("s-dml_0"))
            .target(target())
            .target("dr", target());

    assertThatThrownBy(builder::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'default'", "'dr'", "http://standby:19530");
  }

  @Test
  void everythingThatKeepsItFromStartingIsToldAtOnce() throws Exception {
    FakeSource source = new FakeSource("s-dml_0");
    FakeTarget target = new FakeTarget();
    Finding one = Finding.blocking("The source is away.", "Start it.");
    Finding two = Finding.blocking("The target is no standby.", "Make it one.");
    Finding three = Finding.warning("It is slow.", "Wait.");
    source.inspection(new Inspection(List.of(one, three), Set.of(), OptionalLong.empty()));
    target.inspection(new Inspection(List.of(two), Set.of(), OptionalLong.empty()));
    CdcEngine.Builder builder = CdcEngine.builder().source(source).target(target);

    assertThat(builder.check()).containsExactly(one, three, two);
    assertThatThrownBy(builder::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(one.message(), two.message());
  }

  @Test
  void anEngineWithoutATargetIsRefused() {
    CdcEngine.Builder builder = CdcEngine.builder().source(new FakeSource("s-dml_0"));

    assertThatThrownBy(builder::start).isInstanceOf(ConfigException.class);
  }

  @Test
  void anUncheckedEngineStartsWithoutASourceAndTargetsThatAnswer() {
    CdcEngine.Builder builder =
        CdcEngine.builder()
            .source(
                MilvusSource.builder()
                    .etcd("http://127.0.0.1:1")
                    .pulsar("pulsar://127.0.0.1:1")
                    .build());

    try (CdcEngine engine = builder.startWithoutChecks()) {
      engine.target("dr", target());

      assertThat(engine.tasks()).isEmpty();
    }
  }

  @Test
  void eventsForAChannelOfTheSourceAreRefusedWhereverTheirQueueIs() {
    CdcEngine.Builder builder =
        CdcEngine.builder()
            .source(
                MilvusSource.builder()
                    .etcd("http://127.0.0.1:1")
                    .pulsar("pulsar://127.0.0.1:1")
                    .build())
            .target(
                "pulsar",
                PulsarTarget.builder()
                    .pulsar("pulsar://localhost:1")
                    .topic("persistent://public/default/by-dev-rootcoord-dml_3")
                    .build())
            .target(
                "kafka",
                KafkaTarget.builder().kafka("127.0.0.1:1").topic("by-dev-replicate-msg").build());

    try (CdcEngine engine = builder.startWithoutChecks()) {
      for (String target : List.of("pulsar", "kafka")) {
        assertThatThrownBy(() -> engine.submit(TaskSpec.builder("t").target(target).build()))
            .isInstanceOf(ConfigException.class)
            .hasMessageContainingAll("would write to 'by-dev-", "another topic");
      }
    }
  }
}
