package io.milvus.cdc.internal.pulsar;

import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.error.ConfigException;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.AuthenticationFactory;
import org.apache.pulsar.client.api.ClientBuilder;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.PulsarClientSharedResources;
import org.apache.pulsar.client.api.SizeUnit;

/** Opens clients of a Pulsar. */
public record PulsarConnection(PulsarEndpoint endpoint) {
  public static final int OPERATION_SECONDS = 15;

  /**
   * Opens a client, which connects lazily: the first operation shows whether the address is right.
   *
   * @param megabytes the most megabytes of messages that it may hold
   * @throws ConfigException if the address can never be right
   */
  public OpenPulsar open(int megabytes) {
    PulsarClientSharedResources clock = OpenPulsar.slowClock();
    try {
      ClientBuilder builder =
          PulsarClient.builder()
              .serviceUrl(endpoint.address())
              .operationTimeout(OPERATION_SECONDS, TimeUnit.SECONDS)
              .lookupTimeout(OPERATION_SECONDS, TimeUnit.SECONDS)
              .connectionTimeout(5, TimeUnit.SECONDS)
              .startingBackoffInterval(100, TimeUnit.MILLISECONDS)
              .maxBackoffInterval(5, TimeUnit.SECONDS)
              .ioThreads(1)
              .listenerThreads(1)
              .sharedResources(clock)
              .memoryLimit(megabytes, SizeUnit.MEGA_BYTES)
              // Off by default, and then any certificate of the authority would be valid for any
              // host.
              .enableTlsHostnameVerification(true);
      if (endpoint.credentials() != null) {
        builder.authentication(AuthenticationFactory.token(endpoint.credentials().value()));
      }
      if (endpoint.tls().trusted() != null) {
        builder.tlsTrustCertsFilePath(endpoint.tls().trusted().toString());
      }
      return new OpenPulsar(builder.build(), clock);
    } catch (PulsarClientException | IllegalArgumentException e) {
      throw new ConfigException(
          "%s cannot be used: %s.".formatted(endpoint, e.getMessage()),
          "Use an address like pulsar://host:6650.",
          e);
    }
  }
}
