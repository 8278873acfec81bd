package io.milvus.cdc.source.milvus;

import io.milvus.cdc.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.source.ChangeSource;
import io.milvus.cdc.source.SourceSession;
import io.milvus.cdc.source.mq.PulsarQueue;
import io.milvus.cdc.source.mq.PulsarSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Milvus 2.3 to 2.5 cluster, read from outside: its catalog from etcd, its rows from Pulsar.
 * Nothing is changed on it but durable subscriptions named {@code milvus-cdc-<task>}.
 */
public final class MilvusSource implements ChangeSource {
  private final EtcdSettings etcd;
  private final PulsarSettings pulsar;
  private final String channelPrefix;

  private MilvusSource(Builder builder) {
    etcd =
        new EtcdSettings(
            builder.endpoints,
            builder.rootPath,
            builder.metaSubPath,
            builder.etcdUser,
            builder.etcdPassword,
            builder.etcdCertificates,
            builder.etcdClientCertificate,
            builder.etcdClientKey);
    pulsar =
        new PulsarSettings(
            builder.pulsarUrl,
            builder.pulsarTenant,
            builder.pulsarNamespace,
            builder.pulsarToken,
            builder.pulsarCertificates);
    channelPrefix = builder.channelPrefix;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void check() {
    try (MilvusSourceSession session = session("check", EtcdConnection.probe(etcd))) {
      new SourcePreflight(session.etcd(), etcd, session.queue(), pulsar, channelPrefix).check();
    } catch (RetriableException e) {
      throw new ConfigException("The source cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("Interrupted while checking the source", e);
    }
  }

  @Override
  public SourceSession open(String task) {
    return session(task);
  }

  private MilvusSourceSession session(String task) {
    return session(task, EtcdConnection.open(etcd));
  }

  private MilvusSourceSession session(String task, EtcdConnection connection) {
    return new MilvusSourceSession(
        connection, etcd, PulsarQueue.connect(pulsar), channelPrefix, task);
  }

  @Override
  public void forget(String task) {
    try (MilvusSourceSession session = session(task)) {
      session.forget();
    }
  }

  @Override
  public String toString() {
    return "MilvusSource[etcd=%s/%s, pulsar=%s]"
        .formatted(etcd.endpoints(), etcd.rootPath(), pulsar.serviceUrl());
  }

  /** Collects where the source is. Every setter's default is in its description. */
  public static final class Builder {
    private List<String> endpoints = List.of();
    private String rootPath = "by-dev";
    private String metaSubPath = "meta";
    private @Nullable String etcdUser;
    private @Nullable Secret etcdPassword;
    private @Nullable Path etcdCertificates;
    private @Nullable Path etcdClientCertificate;
    private @Nullable Path etcdClientKey;
    private String pulsarUrl = "";
    private String pulsarTenant = "public";
    private String pulsarNamespace = "default";
    private @Nullable Secret pulsarToken;
    private @Nullable Path pulsarCertificates;
    private String channelPrefix = "by-dev-rootcoord-dml";

    private Builder() {}

    /** The etcd endpoints, such as {@code http://etcd:2379}; {@code https} for TLS. Required. */
    public Builder etcd(String... etcdEndpoints) {
      endpoints = List.of(etcdEndpoints);
      return this;
    }

    /**
     * The source's {@code etcd.rootPath}. Default {@code by-dev}; a Helm release uses its own name.
     */
    public Builder rootPath(String path) {
      rootPath = path;
      return this;
    }

    /** The source's {@code etcd.metaSubPath}. Default {@code meta}. */
    public Builder metaSubPath(String path) {
      metaSubPath = path;
      return this;
    }

    /** The user for etcd, which needs to read only. Default: none. */
    public Builder etcdLogin(String user, String password) {
      etcdUser = user;
      etcdPassword = new Secret(password);
      return this;
    }

    /**
     * A PEM file with the authorities that etcd's certificate may come from. Default: the JVM's.
     */
    public Builder etcdCertificates(Path pem) {
      etcdCertificates = pem;
      return this;
    }

    /**
     * PEM files with our own certificate and its unencrypted PKCS#8 key, for an etcd with {@code
     * --client-cert-auth}. Default: none.
     */
    public Builder etcdClientCertificate(Path certificatePem, Path keyPem) {
      etcdClientCertificate = certificatePem;
      etcdClientKey = keyPem;
      return this;
    }

    /**
     * Pulsar's service address, such as {@code pulsar://mq:6650}; {@code pulsar+ssl} for TLS.
     * Required.
     */
    public Builder pulsar(String serviceUrl) {
      pulsarUrl = serviceUrl;
      return this;
    }

    /** The source's {@code pulsar.tenant} and {@code pulsar.namespace}. Default public, default. */
    public Builder pulsarNamespace(String tenant, String namespace) {
      pulsarTenant = tenant;
      pulsarNamespace = namespace;
      return this;
    }

    /** A JSON web token for Pulsar. Default: none. */
    public Builder pulsarToken(String token) {
      pulsarToken = new Secret(token);
      return this;
    }

    /**
     * A PEM file with the authorities that Pulsar's certificate may come from. Default: the JVM's.
     */
    public Builder pulsarCertificates(Path pem) {
      pulsarCertificates = pem;
      return this;
    }

    /**
     * The source's {@code chanNamePrefix.cluster} and {@code chanNamePrefix.rootCoordDml}, joined
     * by a dash. Default {@code by-dev-rootcoord-dml}.
     */
    public Builder channelPrefix(String prefix) {
      channelPrefix = prefix;
      return this;
    }

    /**
     * The source; nothing is contacted yet.
     *
     * @throws ConfigException where an address is missing, or plain although certificates are given
     */
    public MilvusSource build() {
      if (endpoints.isEmpty()) {
        throw new ConfigException("The source's etcd is missing. Give etcd(\"http://host:2379\").");
      }
      if (pulsarUrl.isEmpty()) {
        throw new ConfigException(
            "The source's queue is missing. Give pulsar(\"pulsar://host:6650\").");
      }
      MilvusSource source = new MilvusSource(this);
      if (etcdCertificates != null && !source.etcd.tls()) {
        throw new ConfigException(
            "etcdCertificates are given, but etcd at %s is to be reached without TLS. Give https addresses."
                .formatted(endpoints));
      }
      if (pulsarCertificates != null && !source.pulsar.tls()) {
        throw new ConfigException(
            "pulsarCertificates are given, but Pulsar at %s is to be reached without TLS. Give a pulsar+ssl address."
                .formatted(pulsarUrl));
      }
      return source;
    }
  }
}
