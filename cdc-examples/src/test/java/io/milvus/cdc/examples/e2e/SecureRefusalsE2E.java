package io.milvus.cdc.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.examples.stack.Credentials;
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
import org.junit.jupiter.api.Test;

/** With wrong credentials nothing starts, and the message says which and how to mend them. */
class SecureRefusalsE2E {
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
      bench.stack().wipe();
    }
  }

  @Test
  void wrongEtcdPassword() {
    refused(bench.source().etcdLogin(credentials.etcdUser(), WRONG))
        .contains("etcd", "refuses user '" + credentials.etcdUser() + "'", "password for etcd");
  }

  @Test
  void noEtcdLogin() {
    refused(
            bench
                .sourceWithoutKeys()
                .etcdCertificates(credentials.authority())
                .etcdClientCertificate(credentials.etcdCertificate(), credentials.etcdKey()))
        .contains("etcd", "without a login", "Give a user and a password");
  }

  @Test
  void noCertificateOfOursForEtcd() {
    refused(
            bench
                .sourceWithoutKeys()
                .etcdCertificates(credentials.authority())
                .etcdLogin(credentials.etcdUser(), credentials.etcdPassword()))
        .contains("etcd", "bad_certificate", "etcdClientCertificate");
  }

  @Test
  void etcdCertificateOfAnotherAuthority() {
    refused(bench.source().etcdCertificates(credentials.stranger()))
        .contains("etcd", "not trusted", "Give etcdCertificates");
  }

  @Test
  void etcdCertificateThatTheJvmDoesNotKnow() {
    refused(bench.sourceWithoutKeys()).contains("etcd", "not trusted", "Give etcdCertificates");
  }

  @Test
  void plainAddressOfEtcd() {
    refused(keys.give(bench.sourceWithoutKeys()).etcd(plain(bench.addresses().etcd())))
        .contains("etcdCertificates are given", "without TLS");
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
    refused(bench.source().pulsarToken(WRONG))
        .contains("Pulsar", "refuses the token", "given to pulsarToken");
  }

  @Test
  void noPulsarToken() {
    refused(keys.giveEtcds(bench.sourceWithoutKeys()).pulsarCertificates(credentials.authority()))
        .contains("Pulsar", "asks for credentials", "Give pulsarToken");
  }

  @Test
  void pulsarNamespaceThatTheRoleMayNotRead() {
    refused(bench.source().pulsarNamespace("public", "functions"))
        .contains("Pulsar", "'consume' on namespace public/functions");
  }

  @Test
  void pulsarCertificateOfAnotherAuthority() {
    refused(bench.source().pulsarCertificates(credentials.stranger()))
        .contains("Pulsar", "cannot be reached", "pulsarCertificates");
  }

  @Test
  void wrongTargetPassword() {
    refused(bench.target().token(credentials.targetUser() + ":" + WRONG))
        .contains("target refuses the credentials", "Check its token");
  }

  @Test
  void noTargetCredentials() {
    refused(bench.targetWithoutKeys().certificates(credentials.authority()))
        .contains("target asks for credentials", "Give its token");
  }

  @Test
  void targetCertificateOfAnotherAuthority() {
    refused(bench.target().certificates(credentials.stranger()))
        .contains("target", "not trusted", "Give certificates");
  }

  @Test
  void plainAddressOfTheTarget() {
    refused(bench.targetWithoutKeys().uri(plain(bench.addresses().target().uri())))
        .contains("cannot be reached", "http or https");
  }

  @Test
  void wrongTokenForTopicsOfAPulsar() {
    refused(keys.topic(bench.addresses(), "changes").token(WRONG))
        .contains("Pulsar", "refuses the token", "given to token");
  }

  @Test
  void noTokenForTopicsOfAPulsar() {
    refused(
            PulsarTarget.builder()
                .serviceUrl(bench.addresses().pulsar())
                .topic("changes")
                .certificates(credentials.authority()))
        .contains("Pulsar", "asks for credentials", "Give token");
  }

  @Test
  void tokenOfARoleThatMayNotWriteToTheTopic() {
    refused(keys.topic(bench.addresses(), "changes").token(credentials.pulsarToken()))
        .contains("Pulsar", "does not let us write", "Grant 'produce' on its namespace");
  }

  /** Where a task that runs, and connects again, takes note of it. */
  @Test
  void whatASessionOfTheSourceIsRefusedIsNotTakenForAnAbsence() {
    lasting(
        bench.source().etcdLogin(credentials.etcdUser(), WRONG),
        SourceSession::sync,
        "refuses user");
    lasting(
        bench.source().etcdCertificates(credentials.stranger()),
        SourceSession::sync,
        "not trusted");
    lasting(bench.source().pulsarToken(WRONG), SourceSession::channels, "refuses the token");
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
