package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.PasswordSource;
import io.milvus.cdc.TlsSettings;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.client.MilvusAddress;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.etcd.EtcdSettings;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a target Milvus.
 *
 * @param token {@code user:password} or an API key, where the target asks for one
 * @param tls for an https address
 * @param deadline how long one request may take
 * @param passwords who tells the passwords of users to be made
 * @param etcd the target's own, for switching its mode, or null
 * @param makeReplica whether it may be made a replica where it is none
 */
record TargetSettings(
    URI uri,
    @Nullable Secret token,
    TlsSettings tls,
    Duration deadline,
    PasswordSource passwords,
    @Nullable EtcdSettings etcd,
    boolean makeReplica) {
  /** The user that we log in as; empty where there is no login, or an API key instead of one. */
  String user() {
    String login = token == null ? "" : token.value();
    return login.substring(0, Math.max(0, login.indexOf(':')));
  }

  MilvusAddress address() {
    return new MilvusAddress(uri, token, tls);
  }

  /** A text that no other Milvus has. */
  String identity() {
    return "address " + uri.getHost() + ":" + address().port();
  }

  /** Why it did not answer, and what to do. */
  String unreachable(UnknownOutcomeException e) {
    return Causes.find(e, CertificateException.class)
        .map(
            untrusted ->
                ("The target at %s shows a certificate that is not trusted: %s. Give certificates"
                        + " the PEM file of the authority that signed it, and use a host name that"
                        + " it holds.")
                    .formatted(uri, Causes.root(untrusted)))
        .orElseGet(
            () ->
                ("The target at %s cannot be reached: %s. Check the address, that it is up, and"
                        + " whether it is http or https.")
                    .formatted(uri, e.getMessage()));
  }
}
