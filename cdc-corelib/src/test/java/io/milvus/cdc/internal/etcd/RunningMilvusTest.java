package io.milvus.cdc.internal.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningMilvusTest {
  /** As a 2.3.5 wrote it. */
  private static final String SESSION =
      """
      {"ServerID":2,"ServerName":"rootcoord","Address":"127.0.0.1:20118","Exclusive":true,\
      "TriggerKill":true,"Version":"2.3.5","IndexEngineVersion":{},"LeaseID":1566023508471196473,\
      "HostName":"vm"}""";

  @Test
  void aSessionTellsTheVersionAndWhoItIs() {
    RunningMilvus milvus = RunningMilvus.parse(SESSION);

    assertThat(milvus.version()).isEqualTo("2.3.5");
    assertThat(milvus.identity()).contains("lease 1566023508471196473");
  }

  @Test
  void aSessionThatTellsNothingIsNobody() {
    assertThat(RunningMilvus.parse("{}").identity()).isEmpty();
    assertThat(RunningMilvus.parse("{}").version()).isEmpty();
  }
}
