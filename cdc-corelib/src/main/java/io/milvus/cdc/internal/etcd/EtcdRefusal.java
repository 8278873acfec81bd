package io.milvus.cdc.internal.etcd;

import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.internal.error.Causes;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why etcd does not do what it was asked, and what to do about it. */
public record EtcdRefusal(EtcdEndpoint endpoint, Keyspace keys) {
  /** Answers about logins and permissions, as etcd words them. */
  private static final List<String> ANSWERS =
      List.of(
          "authentication failed",
          "authentication is not enabled",
          "permission denied",
          "user name is empty");

  /** Whether it is an answer, or a refusal of TLS, that stays until a person mends something. */
  public static boolean lasts(Throwable failure) {
    String root = Causes.root(failure);
    return Causes.refusesTls(failure) || ANSWERS.stream().anyMatch(root::contains);
  }

  String message(String doing, String key, Throwable failure) {
    return "%s %s".formatted(endpoint, reason(doing, key, failure));
  }

  /** Says that there was no answer at all. */
  String silence(Duration patience) {
    return "%s did not answer within %s s. Check the address and that it is up%s."
        .formatted(
            endpoint,
            patience.toSeconds(),
            endpoint.addresses().size() == 1
                ? ""
                : "; of its members more than half must be up and reach each other");
  }

  /** Returns whether another member may do what this one does not. */
  static boolean comesFromTheMember(Throwable failure) {
    return Causes.find(failure, EtcdException.class)
        .filter(told -> told.getErrorCode() == ErrorCode.UNAVAILABLE)
        .isPresent();
  }

  private String reason(String doing, String key, Throwable failure) {
    Optional<CertificateException> untrusted = Causes.find(failure, CertificateException.class);
    if (untrusted.isPresent()) {
      return ("shows a certificate that is not trusted: %s. Set the trusted certificates for etcd to"
              + " the PEM file of the authority that signed it, and use a host name that it"
              + " holds.")
          .formatted(Causes.root(untrusted.get()));
    }
    Optional<SSLException> noTls = Causes.find(failure, SSLException.class);
    if (noTls.isPresent()) {
      return ("does not agree on TLS: %s. Check that it listens for https; if it asks for a client"
              + " certificate (--client-cert-auth), set one that its --trusted-ca-file has signed.")
          .formatted(noTls.get().getMessage());
    }
    String root = Causes.root(failure);
    if (root.contains("authentication failed")) {
      return "refuses user '%s': %s. Check the user and the password for etcd."
          .formatted(endpoint.user(), root);
    }
    if (root.contains("authentication is not enabled")) {
      return "knows no users: %s. Leave the user and the password for etcd out.".formatted(root);
    }
    if (root.contains("permission denied") || root.contains("user name is empty")) {
      return endpoint.user() == null
          ? "does not let us %s '%s' without a login: %s. Give a user and a password for etcd."
              .formatted(doing, key, root)
          : "does not let user '%s' %s '%s': %s. Let it %s the prefix '%s'%s."
              .formatted(
                  endpoint.user(),
                  doing,
                  key,
                  root,
                  keys.milvus() ? doing : "read and write",
                  needed(key),
                  keys.milvus()
                      ? ", or set rootPath to Milvus's etcd.rootPath, if that is another"
                      : "");
    }
    return "cannot be asked for '%s': %s. Check the address, that it is up, and whether it is http or https."
        .formatted(key, root);
  }

  /** The least that lets all such keys be read or written. */
  private String needed(String key) {
    return key.startsWith(keys.prefix()) ? keys.prefix() : key;
  }
}
