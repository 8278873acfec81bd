package io.milvus.cdc.examples.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.Credentials;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.pulsar.client.api.AuthenticationFactory;
import org.apache.pulsar.client.api.ClientBuilder;
import org.apache.pulsar.client.api.PulsarClient;

/** The secure stack's credentials, in the hands of those that need them. */
public record Keys(Credentials credentials) {
  MilvusSource.Builder give(MilvusSource.Builder source, Addresses addresses) {
    return source.etcd(etcd(addresses)).queue(pulsar(addresses));
  }

  public EtcdEndpoint etcd(Addresses addresses) {
    return EtcdEndpoint.at(addresses.etcd())
        .trust(credentials.authority())
        .clientCertificate(credentials.etcdCertificate(), credentials.etcdKey())
        .login(credentials.etcdUser(), credentials.etcdPassword());
  }

  public PulsarEndpoint pulsar(Addresses addresses) {
    return PulsarEndpoint.at(addresses.pulsar())
        .admin(addresses.pulsarAdmin())
        .trust(credentials.authority())
        .token(credentials.pulsarToken());
  }

  public MilvusEndpoint target(String uri) {
    return MilvusEndpoint.at(uri).trust(credentials.authority()).token(targetLogin());
  }

  MilvusClient targetClient(String uri) {
    return MilvusClient.connect(
        uri, credentials.authority(), credentials.targetUser(), credentials.targetPassword());
  }

  /** Topics of the secure Pulsar, by the role that may write there. */
  public PulsarTarget.Builder topic(Addresses addresses, String name) {
    return PulsarTarget.builder()
        .pulsar(pulsar(addresses).token(credentials.pulsarWriterToken()))
        .topic("persistent://milvus/events/" + name);
  }

  /** The way to them for who may read there. */
  public ClientBuilder reading(Addresses addresses) {
    return PulsarClient.builder()
        .serviceUrl(addresses.pulsar())
        .tlsTrustCertsFilePath(credentials.authority().toString())
        .authentication(AuthenticationFactory.token(credentials.pulsarToken()));
  }

  private String targetLogin() {
    return credentials.targetUser() + ":" + credentials.targetPassword();
  }

  /** Fails where a text tells a secret, in any form that it takes. */
  public void assertNoneIn(String text) {
    byte[] login = targetLogin().getBytes(StandardCharsets.UTF_8);
    assertThat(text)
        .doesNotContain(
            credentials.etcdPassword(),
            credentials.pulsarToken(),
            credentials.pulsarWriterToken(),
            targetLogin(),
            Base64.getEncoder().encodeToString(login));
  }
}
