package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.internal.queue.pulsar.PulsarSettings;
import org.junit.jupiter.api.Test;

class SourceConnectionsTest {
  private final SourceConnections connections = new SourceConnections(this::connect);
  private int made;

  /** Clients that contact nobody until they are used. */
  private SourceConnection connect() {
    made++;
    return new SourceConnection(
        EtcdEndpoint.at("http://127.0.0.1:1"),
        new MetaLayout("root", "meta"),
        new PulsarSettings(PulsarEndpoint.at("pulsar://127.0.0.1:1"), "public", "default"),
        "replicate-msg");
  }

  @Test
  void sessionsShareOneConnectionUntilTheLastIsClosed() {
    SourceConnection first = connections.take();
    assertThat(connections.take()).isSameAs(first);
    connections.giveBack(first);
    assertThat(connections.take()).isSameAs(first);
    connections.giveBack(first);
    connections.giveBack(first);
    SourceConnection next = connections.take();
    assertThat(next).isNotSameAs(first);
    connections.giveBack(next);
    assertThat(made).isEqualTo(2);
  }

  @Test
  void whoComesAfterAFaultGetsANewOne() {
    SourceConnection broken = connections.take();
    connections.take();
    connections.giveUp(broken);
    SourceConnection next = connections.take();
    assertThat(next).isNotSameAs(broken);
    connections.giveUp(broken);
    connections.giveBack(broken);
    assertThat(connections.take()).isSameAs(next);
    connections.giveBack(broken);
    connections.giveBack(next);
    connections.giveBack(next);
    assertThat(made).isEqualTo(2);
  }
}
