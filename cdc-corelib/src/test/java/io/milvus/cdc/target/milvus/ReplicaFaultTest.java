package io.milvus.cdc.target.milvus;

import static io.milvus.cdc.target.milvus.OneReplica.BOOKS;
import static io.milvus.cdc.target.milvus.OneReplica.T;
import static io.milvus.cdc.target.milvus.OneReplica.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.testkit.Fault;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the target's refusals and silences mean. */
@Timeout(60)
class ReplicaFaultTest {
  private final OneReplica replica = new OneReplica();

  @BeforeEach
  void begin() throws Exception {
    replica.create(BOOKS);
    replica.milvus.forgetCalls();
  }

  @AfterEach
  void end() {
    replica.close();
  }

  private CdcException failure(Fault... faults) {
    replica.milvus.fail("ReplicateMessage", faults);
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        CdcException.class, () -> replica.send(insert(BOOKS, 0, T + 5, 1L)));
  }

  @Test
  void noSegmentYetIsTriedAgainWithTheSameRequest() throws Exception {
    replica.milvus.fail(
        "ReplicateMessage",
        Fault.code(65535, "GetSegmentID failed: x"),
        Fault.code(1902, "no segment"));

    replica.send(insert(BOOKS, 0, T + 5, 1L));

    assertThat(replica.inserts()).hasSize(1);
    assertThat(replica.inserts().get(0).getTimestampsList()).containsExactly(T + 5);
    assertThat(replica.milvus.rows().violations()).isEmpty();
  }

  @Test
  void aBrokenConnectionLeavesTheOutcomeUnknown() throws Exception {
    assertThat(failure(Fault.cutBefore())).isInstanceOf(UnknownOutcomeException.class);
    assertThat(replica.inserts()).isEmpty();
    assertThat(failure(Fault.cutAfter())).isInstanceOf(UnknownOutcomeException.class);
    assertThat(replica.inserts()).hasSize(1);
  }

  @Test
  void anUnknownRefusalLeavesTheOutcomeUnknown() {
    assertThat(failure(Fault.code(65535, "broadcast failed")))
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessageContaining("broadcast failed")
        .hasMessageContaining(replica.channel(0));
  }

  @Test
  void aTargetThatIsNoReplicaAnyMoreIsAConfigErrorWithTheCure() {
    assertThat(failure(Fault.code(1900, "deny to use the replicate message api")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("common.ttMsgEnabled: false");
  }

  @Test
  void aMessageThatTheTargetCannotReadIsFinal() {
    assertThat(failure(Fault.code(1901, "fail to decode")))
        .isInstanceOf(TargetException.class)
        .isNotInstanceOf(RetriableException.class);
  }

  @Test
  void anOverloadedTargetIsTriedAgainLater() {
    assertThat(failure(Fault.error(Status.Code.RESOURCE_EXHAUSTED)))
        .isInstanceOf(RetriableException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED"})
  void aTargetThatRefusesUsIsAConfigError(Status.Code code) {
    assertThat(failure(Fault.error(code)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(replica.milvus.uri());
  }

  @Test
  void aTickThatFailsIsAFailureToo() {
    replica.milvus.fail("ReplicateMessage", Fault.cutBefore(), Fault.cutBefore());

    assertThatThrownBy(() -> replica.session.advance(T + 9))
        .isInstanceOf(UnknownOutcomeException.class);
  }

  @Test
  void ticksComeOnlyAfterTheRowsAreAcknowledged() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    replica.milvus.fail("ReplicateMessage", Fault.waitFor(gate));
    CountDownLatch sent = new CountDownLatch(1);
    Thread task =
        new Thread(
            () -> {
              try {
                replica.send(insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L));
                sent.countDown();
                replica.session.advance(T + 6);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    task.start();
    org.awaitility.Awaitility.await().until(() -> !replica.milvus.calls().isEmpty());
    assertThat(sent.await(200, TimeUnit.MILLISECONDS)).isFalse();
    gate.countDown();
    task.join();

    List<String> calls = replica.milvus.calls();
    assertThat(calls.subList(0, 2)).allMatch(call -> call.endsWith("[Insert]"));
    assertThat(calls.subList(2, 4)).allMatch(call -> call.endsWith("[TimeTick]"));
  }

  @Test
  void aFailedRoundFreesItsChannels() throws Exception {
    assertThat(failure(Fault.cutBefore())).isNotNull();
    ReplicaSession other = replica.open(replica.session.memento(), 0);
    assertThat(other.bind(io.milvus.cdc.testkit.Entries.DEFAULT, BOOKS)).isTrue();

    other.advance(T + 9);
  }
}
