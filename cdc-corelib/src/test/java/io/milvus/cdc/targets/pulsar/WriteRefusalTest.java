package io.milvus.cdc.targets.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.targets.events.EventFormat;
import io.milvus.cdc.targets.events.EventSettings;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.pulsar.client.api.PulsarClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WriteRefusalTest {
  private final WriteRefusal refusal =
      new WriteRefusal(
          new PulsarTargetSettings(
              PulsarEndpoint.at("pulsar://mq:6650"),
              new EventSettings(
                  "changes", false, EventFormat.cloudEvents(), null, Duration.ZERO, 1000)));

  static Exception[] answers() {
    return new Exception[] {
      new PulsarClientException.AuthenticationException("no"),
      new PulsarClientException.NotAllowedException("no"),
      new PulsarClientException.TopicTerminatedException("no")
    };
  }

  static Exception[] troubles() {
    return new Exception[] {
      new PulsarClientException.ConnectException("no"),
      new PulsarClientException.TimeoutException("no"),
      new PulsarClientException.ProducerBlockedQuotaExceededException("no"),
      new PulsarClientException.ProducerBusyException("no"),
      new PulsarClientException.ServiceNotReadyException("no")
    };
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatABrokerAnswersIsARefusal(Exception answer) {
    assertThat(refusal.exception(new ExecutionException(answer)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("mq:6650");
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatPassesIsNoRefusal(Exception trouble) {
    assertThat(refusal.exception(new ExecutionException(trouble)))
        .isExactlyInstanceOf(RetriableException.class);
  }
}
