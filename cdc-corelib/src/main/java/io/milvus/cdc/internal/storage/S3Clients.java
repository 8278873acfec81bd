package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.tls.TrustedAuthorities;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Configures clients of S3. */
final class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final int ATTEMPTS = 4;

  private S3Clients() {}

  /**
   * Opens a client, which repeats a request a few times if the storage is overloaded or breaks off.
   *
   * @param patience the longest time of each request with its repetitions
   * @throws ConfigException if the PEM file of the authorities cannot be read
   */
  static S3Client open(S3Endpoint endpoint, Duration patience) {
    return S3Client.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(endpoint.region()))
        .forcePathStyle(endpoint.pathStyle())
        .credentialsProvider(credentials(endpoint))
        // Storages other than AWS may not know the newest checksums.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClient(http(endpoint, patience))
        .overrideConfiguration(
            settings ->
                settings
                    .apiCallTimeout(patience)
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(ATTEMPTS)
                            .build()))
        .build();
  }

  private static AwsCredentialsProvider credentials(S3Endpoint endpoint) {
    String key = endpoint.accessKey();
    Secret secret = endpoint.secretKey();
    return key == null || secret == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret.value()));
  }

  private static SdkHttpClient http(S3Endpoint endpoint, Duration patience) {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(patience.compareTo(CONNECT) < 0 ? patience : CONNECT)
            .socketTimeout(patience.compareTo(SILENCE) < 0 ? patience : SILENCE);
    Path trusted = endpoint.tls().trusted();
    if (trusted != null) {
      TrustManager[] managers = TrustedAuthorities.managers(trusted);
      http.tlsTrustManagersProvider(() -> managers);
    }
    return http.build();
  }
}
