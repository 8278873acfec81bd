package io.milvus.cdc.internal.pulsar;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.AuthenticationFactory;
import org.apache.pulsar.client.api.ClientBuilder;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.PulsarClientSharedResources;
import org.apache.pulsar.client.api.SizeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Pulsar.
 *
 * @param serviceUrl such as {@code pulsar://host:6650} or {@code pulsar+ssl://host:6651}
 * @param token a JSON web token, where the brokers ask for one
 * @param trustedCertificates a PEM file for {@code pulsar+ssl}, null for the JVM's own
 */
public record PulsarConnection(
    String serviceUrl, @Nullable Secret token, @Nullable Path trustedCertificates) {
  public static final int OPERATION_SECONDS = 15;

  /**
   * A client, which connects lazily: the first operation tells whether the address is right.
   *
   * @param megabytes how much of messages it may hold
   * @throws ConfigException where it never can be right
   */
  public OpenPulsar open(int megabytes) {
    PulsarClientSharedResources clock = OpenPulsar.slowClock();
    try {
      ClientBuilder builder =
          PulsarClient.builder()
              .serviceUrl(serviceUrl)
              .operationTimeout(OPERATION_SECONDS, TimeUnit.SECONDS)
              .lookupTimeout(OPERATION_SECONDS, TimeUnit.SECONDS)
              .connectionTimeout(5, TimeUnit.SECONDS)
              .startingBackoffInterval(100, TimeUnit.MILLISECONDS)
              .maxBackoffInterval(5, TimeUnit.SECONDS)
              .ioThreads(1)
              .listenerThreads(1)
              .sharedResources(clock)
              .memoryLimit(megabytes, SizeUnit.MEGA_BYTES)
              // Off by default, and then any certificate of the authority would do for any host.
              .enableTlsHostnameVerification(true);
      if (token != null) {
        builder.authentication(AuthenticationFactory.token(token.value()));
      }
      if (trustedCertificates != null) {
        builder.tlsTrustCertsFilePath(trustedCertificates.toString());
      }
      return new OpenPulsar(builder.build(), clock);
    } catch (PulsarClientException | IllegalArgumentException e) {
      throw new ConfigException(
          "Pulsar address '%s' cannot be used: %s. Give one like pulsar://host:6650."
              .formatted(serviceUrl, e.getMessage()),
          e);
    }
  }

  public boolean tls() {
    return serviceUrl.startsWith("pulsar+ssl://");
  }

  /** Its kind and address for a person. */
  public String name() {
    return "Pulsar at " + serviceUrl;
  }
}
