package io.milvus.cdc.internal.milvus;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.TlsSettings;
import io.milvus.cdc.error.ConfigException;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLException;

/**
 * Creates channels of gRPC's own. The SDK's client accepts only the SDK's copy of gRPC, and lacks
 * some calls.
 */
final class MilvusChannels {
  private MilvusChannels() {}

  /**
   * Returns a channel builder, with TLS if the endpoint uses it.
   *
   * @throws ConfigException if the certificates cannot be read
   */
  static NettyChannelBuilder to(MilvusEndpoint endpoint) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(endpoint.uri().getHost(), endpoint.port());
    if (!endpoint.usesTls()) {
      return builder.usePlaintext();
    }
    TlsSettings tls = endpoint.tls();
    if (tls.serverName() != null) {
      builder.overrideAuthority(tls.serverName());
    }
    if (usual(tls)) {
      return builder.useTransportSecurity();
    }
    try {
      SslContextBuilder context = GrpcSslContexts.forClient();
      if (tls.trusted() != null) {
        context.trustManager(tls.trusted().toFile());
      }
      if (tls.clientCertificate() != null && tls.clientKey() != null) {
        context.keyManager(tls.clientCertificate().toFile(), tls.clientKey().toFile());
      }
      return builder.sslContext(context.build());
    } catch (SSLException | IllegalArgumentException e) {
      throw unreadable(tls, e);
    }
  }

  /** Returns whether the JVM's own context for TLS suffices. */
  static boolean usual(TlsSettings tls) {
    return tls.trusted() == null && tls.clientCertificate() == null;
  }

  /** Returns the exception for certificates that cannot be read. */
  static ConfigException unreadable(TlsSettings tls, Exception cause) {
    return new ConfigException(
        "Certificates in %s cannot be read: %s.".formatted(tls.files(), cause.getMessage()),
        "Use PEM files: trusted authorities, and a client certificate with its "
            + "unencrypted PKCS#8 key.",
        cause);
  }

  /**
   * Returns the same channel with a login.
   *
   * @param login {@code user:password} or an API key
   */
  static Channel authorized(Channel channel, String login) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
