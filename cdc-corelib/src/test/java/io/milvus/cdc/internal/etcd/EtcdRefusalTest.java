package io.milvus.cdc.internal.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.internal.error.Explanation;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EtcdRefusalTest {
  private static final String MOST =
      "More than half of its members must be up and reach each other.";

  private static Explanation closed(String... addresses) {
    return refusal(addresses).explain("read", "by-dev/meta/", new ClosedChannelException());
  }

  private static EtcdRefusal refusal(String... addresses) {
    return new EtcdRefusal(EtcdEndpoint.at(addresses), Keyspace.ofMilvus("by-dev/meta/"));
  }

  @Test
  void clusterThatClosesItsConnectionsNeedsMostOfItsMembersAsASilentOneDoes() {
    String[] members = {"http://a:2379", "http://b:2379", "http://c:2379"};
    assertThat(closed(members).cure()).endsWith(MOST);
    assertThat(refusal(members).silence(Duration.ofSeconds(1)).cure()).endsWith(MOST);
  }

  @Test
  void oneServerNeedsNoOtherMembers() {
    assertThat(closed("http://a:2379").cure()).endsWith("whether it is http or https.");
    assertThat(refusal("http://a:2379").silence(Duration.ofSeconds(1)).cure())
        .isEqualTo("Check the address and that it is up.");
  }
}
