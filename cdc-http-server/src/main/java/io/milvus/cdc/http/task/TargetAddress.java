package io.milvus.cdc.http.task;

import io.milvus.cdc.TlsSettings;
import io.milvus.cdc.compare.Side;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Milvus that is a target.
 *
 * @param uri in one spelling: two that are equal are one target
 * @param tls names PEM files on the server's disk
 * @param etcd the target's own etcd, for its promotion
 * @param makeReplica whether a task may bring it into replica mode
 * @param ordinaryRequests whether it is no replica, and filled by ordinary requests
 */
public record TargetAddress(
    String uri,
    @Nullable Secret token,
    TlsSettings tls,
    List<String> etcd,
    @Nullable String rootPath,
    @Nullable String etcdUser,
    @Nullable Secret etcdPassword,
    @Nullable Path etcdCertificates,
    boolean makeReplica,
    boolean ordinaryRequests)
    implements TargetSpec {
  public TargetAddress {
    uri = oneSpelling(uri);
    etcd = List.copyOf(etcd);
    if ((etcdUser == null) != (etcdPassword == null)) {
      throw new ConfigException(
          "Give both 'etcdUser' and 'etcdPassword' for the target's etcd, or none of them.");
    }
  }

  public TargetAddress(String uri, @Nullable Secret token, TlsSettings tls) {
    this(uri, token, tls, List.of(), null, null, null, null, false, false);
  }

  /** The same, filled by ordinary requests. */
  public TargetAddress byOrdinaryRequests() {
    return new TargetAddress(
        uri,
        token,
        tls,
        etcd,
        rootPath,
        etcdUser,
        etcdPassword,
        etcdCertificates,
        makeReplica,
        true);
  }

  static TargetAddress read(Fields fields, BiFunction<String, String, Secret> secrets) {
    return new TargetAddress(
        fields.required("uri"),
        TargetSpec.secret(fields, "token", secrets),
        tls(fields),
        fields.oneOrMoreTexts("etcd"),
        fields.text("rootPath"),
        fields.text("etcdUser"),
        TargetSpec.secret(fields, "etcdPassword", secrets),
        TargetSpec.path(fields, "etcdCertificates"),
        fields.flag("makeReplica", false),
        fields.flag("ordinaryRequests", false));
  }

  private static TlsSettings tls(Fields fields) {
    return new TlsSettings(
        TargetSpec.path(fields, "certificates"),
        TargetSpec.path(fields, "clientCertificate"),
        TargetSpec.path(fields, "clientKey"),
        fields.text("serverName"));
  }

  @Override
  public String name() {
    return uri;
  }

  @Override
  public void write(TargetJson into) {
    into.put("uri", uri)
        .put("token", token)
        .put("certificates", tls.certificates())
        .put("clientCertificate", tls.clientCertificate())
        .put("clientKey", tls.clientKey())
        .put("serverName", tls.serverName())
        .put("etcd", etcd)
        .put("rootPath", rootPath)
        .put("etcdUser", etcdUser)
        .put("etcdPassword", etcdPassword)
        .put("etcdCertificates", etcdCertificates)
        .put("makeReplica", makeReplica)
        .put("ordinaryRequests", ordinaryRequests);
  }

  private static String oneSpelling(String uri) {
    try {
      URI parsed = new URI(uri);
      if (parsed.getScheme() == null || parsed.getHost() == null || parsed.getUserInfo() != null) {
        return uri;
      }
      String port = parsed.getPort() < 0 ? "" : ":" + parsed.getPort();
      return (parsed.getScheme() + "://" + parsed.getHost()).toLowerCase(Locale.ROOT) + port;
    } catch (URISyntaxException e) {
      // The target's builder says what is wrong with it.
      return uri;
    }
  }

  @Override
  public MilvusTarget target() {
    MilvusTarget.Builder target = MilvusTarget.builder().uri(uri);
    if (token != null) {
      target.token(token.value());
    }
    if (tls.certificates() != null) {
      target.certificates(tls.certificates());
    }
    if (tls.clientCertificate() != null && tls.clientKey() != null) {
      target.clientCertificate(tls.clientCertificate(), tls.clientKey());
    }
    if (tls.serverName() != null) {
      target.serverName(tls.serverName());
    }
    if (!etcd.isEmpty()) {
      target.etcd(etcd.toArray(String[]::new));
    }
    if (rootPath != null) {
      target.rootPath(rootPath);
    }
    if (etcdUser != null && etcdPassword != null) {
      target.etcdLogin(etcdUser, etcdPassword.value());
    }
    if (etcdCertificates != null) {
      target.etcdCertificates(etcdCertificates);
    }
    if (makeReplica) {
      target.makeReplica();
    }
    if (ordinaryRequests) {
      target.ordinaryRequests();
    }
    return target.build();
  }

  /**
   * The target, to be compared.
   *
   * @throws ConfigException where the address is none
   */
  public Side side() {
    return new Side(Side.at(uri).uri(), token, tls);
  }
}
