package io.milvus.cdc.internal.client;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.milvus.cdc.TlsSettings;
import io.milvus.cdc.error.ConfigException;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLException;

/**
 * Channels of gRPC's own, for calls that the SDK does not offer. {@link Connection} has the like
 * for the SDK's calls, which take channels of the SDK's copy of gRPC only.
 */
public final class MilvusChannels {
  private MilvusChannels() {}

  /**
   * A channel to be built, over TLS where the address says so.
   *
   * @throws ConfigException where the certificates cannot be read
   */
  public static NettyChannelBuilder to(MilvusAddress address) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address.uri().getHost(), address.port());
    if (!address.tls()) {
      return builder.usePlaintext();
    }
    TlsSettings settings = address.settings();
    if (settings.serverName() != null) {
      builder.overrideAuthority(settings.serverName());
    }
    if (settings.usual()) {
      return builder.useTransportSecurity();
    }
    try {
      SslContextBuilder context = GrpcSslContexts.forClient();
      if (settings.certificates() != null) {
        context.trustManager(settings.certificates().toFile());
      }
      if (settings.clientCertificate() != null && settings.clientKey() != null) {
        context.keyManager(settings.clientCertificate().toFile(), settings.clientKey().toFile());
      }
      return builder.sslContext(context.build());
    } catch (SSLException | IllegalArgumentException e) {
      throw settings.unreadable(e);
    }
  }

  /**
   * The same channel, logged in.
   *
   * @param login {@code user:password} or an API key
   */
  public static Channel authorized(Channel channel, String login) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
