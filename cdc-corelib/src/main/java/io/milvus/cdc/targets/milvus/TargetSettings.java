package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.PasswordSource;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds the settings of a target Milvus.
 *
 * @param deadline how long one request may take
 * @param passwords returns the passwords of users to be created
 * @param etcd the target's own etcd, for switching its mode, or null
 * @param allowStandbySwitch whether it may be turned into a standby
 */
record TargetSettings(
    MilvusEndpoint endpoint,
    Duration deadline,
    PasswordSource passwords,
    @Nullable ModeEtcd etcd,
    boolean allowStandbySwitch) {
  URI uri() {
    return endpoint.uri();
  }

  /** Returns {@code user:password} or an API key; empty if there is no login. */
  String login() {
    return endpoint.credentials() == null ? "" : endpoint.credentials().value();
  }

  /** Returns the user of the login; empty if there is no login, or an API key. */
  String user() {
    String login = login();
    return login.substring(0, Math.max(0, login.indexOf(':')));
  }

  /** Returns a text that no other Milvus has. */
  String identity() {
    return "address " + uri().getHost() + ":" + endpoint.port();
  }

  /** Returns why it did not answer, with the cure. */
  Explanation unreachable(UnknownOutcomeException e) {
    return Causes.find(e, CertificateException.class)
        .map(
            untrusted ->
                new Explanation(
                    "The target at %s shows a certificate that is not trusted: %s."
                        .formatted(uri(), Causes.root(untrusted)),
                    "Set its trusted certificates to the PEM file of the authority that signed it,"
                        + " and use a host name that it contains."))
        .orElseGet(
            () ->
                new Explanation(
                    "The target at %s cannot be reached: %s.".formatted(uri(), e.getMessage()),
                    "Check the address, that it is up, and whether it is http or https."));
  }
}
