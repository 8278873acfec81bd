package io.milvus.cdc.examples.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Keys;
import io.milvus.cdc.examples.e2e.bench.Together;
import io.milvus.cdc.examples.testbed.stack.Credentials;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import io.milvus.cdc.targets.pulsar.PulsarTarget;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * With wrong credentials nothing starts, and the message says which and how to mend them. Nothing
 * is changed on the secure stack. It stays for {@link SecureE2E}, which runs next and wipes it.
 */
@Tag("slow")
class RefusedCredentialsE2E {
  private static final String WRONG = "wrong-secret";

  private static Bench bench;
  private static Keys keys;
  private static Credentials credentials;

  @BeforeAll
  static void open() {
    bench = Bench.openSecure("secure_refusals");
    credentials = bench.stack().credentials();
    keys = new Keys(credentials);
  }

  @AfterAll
  static void close() {
    if (bench != null) {
      bench.close();
    }
  }

  @Test
  void wrongEtcdPassword() {
    refused(bench.source().etcd(etcd().login(credentials.etcdUser(), WRONG)))
        .contains("etcd", "refuses user '" + credentials.etcdUser() + "'", "password for etcd");
  }

  @Test
  void noEtcdLogin() {
    refused(
            bench
                .sourceWithoutKeys()
                .etcd(
                    untrusting()
                        .trust(credentials.authority())
                        .clientCertificate(credentials.etcdCertificate(), credentials.etcdKey())))
        .contains("etcd", "without a login", "Set a user and a password");
  }

  @Test
  void noCertificateOfOursForEtcd() {
    refused(
            bench
                .sourceWithoutKeys()
                .etcd(
                    untrusting()
                        .trust(credentials.authority())
                        .login(credentials.etcdUser(), credentials.etcdPassword())))
        .contains("etcd", "bad_certificate", "asks for a client certificate");
  }

  @Test
  void etcdCertificateOfAnotherAuthority() {
    refused(bench.source().etcd(etcd().trust(credentials.stranger())))
        .contains("etcd", "not trusted", "Set the trusted certificates for etcd");
  }

  @Test
  void etcdCertificateThatTheJvmDoesNotKnow() {
    refused(bench.sourceWithoutKeys())
        .contains("etcd", "not trusted", "Set the trusted certificates for etcd");
  }

  @Test
  void plainAddressOfEtcd() {
    refused(
            bench
                .source()
                .etcd(
                    EtcdEndpoint.at(plain(bench.addresses().etcd()))
                        .login(credentials.etcdUser(), credentials.etcdPassword())))
        .contains("etcd at", "http or https");
  }

  @Test
  void rootPathThatTheUserMayNotRead() {
    refused(bench.source().rootPath("elsewhere"))
        .contains("user '" + credentials.etcdUser() + "'", "prefix 'elsewhere/meta/'", "rootPath");
  }

  @Test
  void metaSubPathWithNothingBelow() {
    refused(bench.source().metaSubPath("elsewhere")).contains("holds no Milvus", "metaSubPath");
  }

  @Test
  void wrongPulsarNamespace() {
    refused(bench.source().pulsarNamespace("public", "default"))
        .contains("Pulsar", "public/default", "pulsarNamespace");
  }

  @Test
  void wrongPulsarToken() {
    refused(bench.source().queue(pulsar().token(WRONG)))
        .contains("Pulsar", "refuses the token", "Check the token for Pulsar");
  }

  @Test
  void noPulsarToken() {
    refused(
            bench
                .source()
                .queue(
                    PulsarEndpoint.at(bench.addresses().pulsar()).trust(credentials.authority())))
        .contains("Pulsar", "asks for credentials", "Set the token for Pulsar");
  }

  @Test
  void pulsarNamespaceThatTheRoleMayNotRead() {
    refused(bench.source().pulsarNamespace("public", "functions"))
        .contains("Pulsar", "'consume' on namespace public/functions");
  }

  @Test
  void pulsarCertificateOfAnotherAuthority() {
    refused(bench.source().queue(pulsar().trust(credentials.stranger())))
        .contains("Pulsar", "cannot be reached", "trusted certificates for Pulsar");
  }

  @Test
  void wrongTargetPassword() {
    refused(bench.target().milvus(target().token(credentials.targetUser() + ":" + WRONG)))
        .contains("target refuses the credentials", "Check its token");
  }

  @Test
  void noTargetCredentials() {
    refused(bench.target().milvus(MilvusEndpoint.at(uri()).trust(credentials.authority())))
        .contains("target asks for credentials", "Set its token");
  }

  @Test
  void targetCertificateOfAnotherAuthority() {
    refused(bench.target().milvus(target().trust(credentials.stranger())))
        .contains("target", "not trusted", "Set its trusted certificates");
  }

  @Test
  void plainAddressOfTheTarget() {
    refused(bench.targetWithoutKeys().uri(plain(uri())))
        .contains("cannot be reached", "http or https");
  }

  @Test
  void wrongTokenForTopicsOfAPulsar() {
    refused(keys.topic(bench.addresses(), "changes").pulsar(pulsar().token(WRONG)))
        .contains("Pulsar", "refuses the token", "Check the token for Pulsar");
  }

  @Test
  void noTokenForTopicsOfAPulsar() {
    refused(
            PulsarTarget.builder()
                .pulsar(
                    PulsarEndpoint.at(bench.addresses().pulsar()).trust(credentials.authority()))
                .topic("changes"))
        .contains("Pulsar", "asks for credentials", "Set the token for Pulsar");
  }

  @Test
  void tokenOfARoleThatMayNotWriteToTheTopic() {
    refused(keys.topic(bench.addresses(), "changes").pulsar(pulsar()))
        .contains("Pulsar", "does not let us write", "Grant 'produce' on its namespace");
  }

  /** Where a task that runs, and connects again, takes note of it. */
  @Test
  void whatASessionOfTheSourceIsRefusedIsNotTakenForAnAbsence() {
    Together.run(
        () ->
            lasting(
                bench.source().etcd(etcd().login(credentials.etcdUser(), WRONG)),
                SourceSession::sync,
                "refuses user"),
        () ->
            lasting(
                bench.source().etcd(etcd().trust(credentials.stranger())),
                SourceSession::sync,
                "not trusted"),
        () ->
            lasting(
                bench.source().queue(pulsar().token(WRONG)),
                SourceSession::channels,
                "refuses the token"));
  }

  private static void lasting(
      MilvusSource.Builder source, ThrowingConsumer<SourceSession> step, String why) {
    try (SourceSession session = source.build().open("refused")) {
      assertThatThrownBy(() -> step.acceptThrows(session))
          .isInstanceOf(SourceRefusedException.class)
          .hasMessageContaining(why)
          .hasMessageNotContaining(WRONG);
    }
  }

  private static EtcdEndpoint etcd() {
    return keys.etcd(bench.addresses());
  }

  /** The address alone. */
  private static EtcdEndpoint untrusting() {
    return EtcdEndpoint.at(bench.addresses().etcd());
  }

  private static PulsarEndpoint pulsar() {
    return keys.pulsar(bench.addresses());
  }

  private static MilvusEndpoint target() {
    return keys.target(uri());
  }

  private static String uri() {
    return bench.addresses().target().uri();
  }

  private static String plain(String address) {
    return address.replace("https:", "http:");
  }

  private static AbstractStringAssert<?> refused(MilvusSource.Builder source) {
    return refused(source, bench.target().build());
  }

  private static AbstractStringAssert<?> refused(MilvusTarget.Builder target) {
    return refused(bench.source(), target.build());
  }

  private static AbstractStringAssert<?> refused(PulsarTarget.Builder target) {
    return refused(bench.source(), target.build());
  }

  private static AbstractStringAssert<?> refused(MilvusSource.Builder source, ChangeTarget target) {
    Throwable refusal =
        catchThrowable(
            () ->
                CdcEngine.builder()
                    .source(source.build())
                    .target(target)
                    .checkpoints(new InMemoryStore())
                    .start()
                    .close());
    assertThat(refusal).isInstanceOf(ConfigException.class);
    keys.assertNoneIn(String.valueOf(refusal.getMessage()));
    return assertThat(refusal.getMessage()).doesNotContain(WRONG);
  }
}
