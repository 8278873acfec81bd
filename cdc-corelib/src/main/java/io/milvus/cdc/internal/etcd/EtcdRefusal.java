package io.milvus.cdc.internal.etcd;

import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Explains why etcd rejects a request, and the remedy. */
public record EtcdRefusal(EtcdEndpoint endpoint, Keyspace keys) {
  /** Answers about logins and permissions, in etcd's words. */
  private static final List<String> ANSWERS =
      List.of(
          "authentication failed",
          "authentication is not enabled",
          "permission denied",
          "user name is empty");

  /**
   * Returns whether the failure is an answer, or a refusal of TLS, that stays until a person
   * corrects the cause.
   */
  public static boolean lasts(Throwable failure) {
    String root = Causes.root(failure);
    return Causes.refusesTls(failure) || ANSWERS.stream().anyMatch(root::contains);
  }

  Explanation explain(String doing, String key, Throwable failure) {
    return reason(doing, key, failure).after(endpoint + " ");
  }

  /** Explains that there was no answer at all. */
  Explanation silence(Duration patience) {
    return new Explanation(
        "%s did not answer within %s s.".formatted(endpoint, patience.toSeconds()),
        "Check the address and that it is up%s.".formatted(needsMostMembers()));
  }

  private String needsMostMembers() {
    return endpoint.addresses().size() == 1
        ? ""
        : ". More than half of its members must be up and reach each other";
  }

  /** Returns whether another member may accept a request that this member rejects. */
  static boolean comesFromTheMember(Throwable failure) {
    return Causes.find(failure, EtcdException.class)
        .filter(told -> told.getErrorCode() == ErrorCode.UNAVAILABLE)
        .isPresent();
  }

  private Explanation reason(String doing, String key, Throwable failure) {
    Optional<CertificateException> untrusted = Causes.find(failure, CertificateException.class);
    if (untrusted.isPresent()) {
      return Explanation.untrusted("etcd", untrusted.get());
    }
    Optional<SSLException> noTls = Causes.find(failure, SSLException.class);
    if (noTls.isPresent()) {
      return new Explanation(
          "does not agree on TLS: %s.".formatted(noTls.get().getMessage()),
          "Check that it listens for https. If it asks for a client certificate"
              + " (--client-cert-auth), set a certificate that its --trusted-ca-file has"
              + " signed.");
    }
    String root = Causes.root(failure);
    if (root.contains("authentication failed")) {
      return new Explanation(
          "refuses user '%s': %s.".formatted(endpoint.user(), root),
          "Check the user and the password for etcd.");
    }
    if (root.contains("authentication is not enabled")) {
      return new Explanation(
          "knows no users: %s.".formatted(root), "Leave the user and the password for etcd out.");
    }
    if (root.contains("permission denied") || root.contains("user name is empty")) {
      return endpoint.user() == null
          ? new Explanation(
              "does not let us %s '%s' without a login: %s.".formatted(doing, key, root),
              "Set a user and a password for etcd.")
          : new Explanation(
              "does not let user '%s' %s '%s': %s.".formatted(endpoint.user(), doing, key, root),
              "Grant the user permission to %s the prefix '%s'%s."
                  .formatted(
                      keys.milvus() ? doing : "read and write",
                      needed(key),
                      keys.milvus()
                          ? ", or set rootPath to Milvus's etcd.rootPath, if that differs"
                          : ""));
    }
    return new Explanation(
        "did not complete a request for '%s': %s.".formatted(key, root),
        "Check the address, that it is up, and whether it is http or https%s."
            .formatted(needsMostMembers()));
  }

  /** Returns the smallest permission that covers all such keys. */
  private String needed(String key) {
    return key.startsWith(keys.prefix()) ? keys.prefix() : key;
  }
}
