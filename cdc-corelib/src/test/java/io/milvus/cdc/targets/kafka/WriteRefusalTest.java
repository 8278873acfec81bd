package io.milvus.cdc.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.kafka.KafkaConnection;
import io.milvus.cdc.targets.events.EventFormat;
import io.milvus.cdc.targets.events.EventSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WriteRefusalTest {
  private final WriteRefusal refusal =
      new WriteRefusal(
          new KafkaTargetSettings(
              new KafkaConnection(KafkaEndpoint.at("kafka:9092")),
              new EventSettings(
                  "changes", false, EventFormat.cloudEvents(), null, Duration.ZERO, 1000),
              0,
              (short) 0,
              true,
              Map.of()));

  static Exception[] answers() {
    return new Exception[] {
      new PolicyViolationException("no"),
      new SaslAuthenticationException("no"),
      new UnsupportedVersionException("no")
    };
  }

  static Exception[] troubles() {
    return new Exception[] {
      new TimeoutException("no"),
      new KafkaStorageException("no"),
      new NotEnoughReplicasException("no"),
      new java.util.concurrent.TimeoutException("no")
    };
  }

  static Exception[] ends() {
    return new Exception[] {
      new TransactionAbortedException("no"),
      new ProducerFencedException("no"),
      new InvalidProducerEpochException("no")
    };
  }

  /** As when all rows of a large import are one transaction. */
  @ParameterizedTest
  @MethodSource("ends")
  void aTransactionThatTookTooLongIsRetriedAndNamesItsSetting(Exception end) {
    assertThat(refusal.exception(new ExecutionException(end)))
        .isExactlyInstanceOf(RetriableException.class)
        .hasMessageContaining("kafka:9092")
        .hasMessageEndingWith("raise the producer's 'transaction.timeout.ms'.");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatABrokerAnswersIsARefusal(Exception answer) {
    CdcException thrown = refusal.exception(new ExecutionException(answer));

    assertThat(thrown).isInstanceOf(RefusedException.class).hasMessageContaining("kafka:9092");
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatPassesIsNoRefusal(Exception trouble) {
    assertThat(refusal.exception(new ExecutionException(trouble)))
        .isExactlyInstanceOf(RetriableException.class);
  }
}
