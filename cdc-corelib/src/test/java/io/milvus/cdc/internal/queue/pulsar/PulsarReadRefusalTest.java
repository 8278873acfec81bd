package io.milvus.cdc.internal.queue.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.pulsar.client.api.PulsarClientException;
import org.junit.jupiter.api.Test;

class PulsarReadRefusalTest {
  private final PulsarReadRefusal refusal =
      new PulsarReadRefusal(
          new PulsarSettings(PulsarEndpoint.at("pulsar://h:6650"), "public", "default"));

  private RetriableException of(Throwable failure) {
    return refusal.exception("read topic t", new ExecutionException(failure));
  }

  @Test
  void whatStaysUntilAPersonMendsItIsToldFromWhatPasses() {
    assertThat(of(new PulsarClientException.AuthenticationException("no such token")))
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContainingAll("no such token", "Set the token for Pulsar");
    assertThat(of(new PulsarClientException.AuthorizationException("not you")))
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContainingAll("not you", "Grant 'consume' on namespace public/default");
    assertThat(of(new PulsarClientException.TopicDoesNotExistException("gone")))
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContainingAll("read topic t", "gone", "pulsarNamespace");
    assertThat(of(new PulsarClientException(new SSLHandshakeException("alert: bad_certificate"))))
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContaining("bad_certificate");

    for (Throwable passing :
        new Throwable[] {
          new PulsarClientException.ServiceNotReadyException("not yet"),
          new PulsarClientException.ConsumerBusyException("busy"),
          new PulsarClientException.TimeoutException("slow"),
          new PulsarClientException(new SSLHandshakeException("closed while in handshake")),
          new TimeoutException("no answer"),
          new IOException("connection reset")
        }) {
      assertThat(of(passing))
          .isNotInstanceOf(SourceRefusedException.class)
          .hasMessageContainingAll("Pulsar at pulsar://h:6650", "read topic t");
    }
  }
}
