package io.milvus.cdc.internal.etcd;

import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.milvus.cdc.internal.error.Causes;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why etcd does not do what it was asked, and what to do about it. */
public final class EtcdRefusal {
  /** Answers about logins and permissions, as etcd words them. */
  private static final List<String> ANSWERS =
      List.of(
          "authentication failed",
          "authentication is not enabled",
          "permission denied",
          "user name is empty");

  private EtcdRefusal() {}

  /** Whether it is an answer, or a refusal of TLS, that stays until a person mends something. */
  public static boolean lasts(Throwable failure) {
    String root = Causes.root(failure);
    return Causes.refusesTls(failure) || ANSWERS.stream().anyMatch(root::contains);
  }

  static String message(EtcdSettings settings, String doing, String key, Throwable failure) {
    return "etcd at %s %s".formatted(settings.endpoints(), reason(settings, doing, key, failure));
  }

  /** Says that there was no answer at all. */
  static String silence(EtcdSettings settings, Duration patience) {
    return "etcd at %s did not answer within %s s. Check the address and that it is up%s."
        .formatted(
            settings.endpoints(),
            patience.toSeconds(),
            settings.endpoints().size() == 1
                ? ""
                : "; of its members more than half must be up and reach each other");
  }

  /** Returns whether another member may do what this one does not. */
  static boolean comesFromTheMember(Throwable failure) {
    return Causes.find(failure, EtcdException.class)
        .filter(told -> told.getErrorCode() == ErrorCode.UNAVAILABLE)
        .isPresent();
  }

  private static String reason(EtcdSettings settings, String doing, String key, Throwable failure) {
    Optional<CertificateException> untrusted = Causes.find(failure, CertificateException.class);
    if (untrusted.isPresent()) {
      return ("shows a certificate that is not trusted: %s. Give etcdCertificates the PEM file of"
              + " the authority that signed it, and use a host name that it holds.")
          .formatted(Causes.root(untrusted.get()));
    }
    Optional<SSLException> noTls = Causes.find(failure, SSLException.class);
    if (noTls.isPresent()) {
      return ("does not agree on TLS: %s. Check that it listens for https; where it asks for a"
              + " certificate of ours (--client-cert-auth), give etcdClientCertificate one that its"
              + " --trusted-ca-file has signed.")
          .formatted(noTls.get().getMessage());
    }
    String root = Causes.root(failure);
    if (root.contains("authentication failed")) {
      return "refuses user '%s': %s. Check the user and the password for etcd."
          .formatted(settings.user(), root);
    }
    if (root.contains("authentication is not enabled")) {
      return "knows no users: %s. Leave the user and the password for etcd out.".formatted(root);
    }
    if (root.contains("permission denied") || root.contains("user name is empty")) {
      return settings.user() == null
          ? "does not let us %s '%s' without a login: %s. Give a user and a password for etcd."
              .formatted(doing, key, root)
          : "does not let user '%s' %s '%s': %s. Let it %s the prefix '%s'%s."
              .formatted(
                  settings.user(),
                  doing,
                  key,
                  root,
                  settings.ours() ? "read and write" : doing,
                  needed(settings, key),
                  settings.ours()
                      ? ""
                      : ", or set rootPath to Milvus's etcd.rootPath, if that is another");
    }
    return "cannot be asked for '%s': %s. Check the address, that it is up, and whether it is http or https."
        .formatted(key, root);
  }

  /** The least that lets all such keys be read or written. */
  private static String needed(EtcdSettings settings, String key) {
    return key.startsWith(settings.metaPrefix()) ? settings.metaPrefix() : key;
  }
}
