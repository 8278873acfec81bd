package io.milvus.cdc.target.milvus;

import io.milvus.cdc.error.Causes;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.grpc.Status;
import java.net.URI;
import java.security.cert.CertificateException;

/** Finds what would keep a target from taking changes, and says how to mend it. */
final class TargetPreflight {
  private final MilvusRpc rpc;
  private final TargetSettings settings;
  private final URI uri;

  TargetPreflight(MilvusRpc rpc, TargetSettings settings) {
    this.rpc = rpc;
    this.settings = settings;
    this.uri = settings.uri();
  }

  /** Asks whether it is there, and a replica. */
  void check() throws InterruptedException {
    Status status;
    try {
      status = new ReplicaMode(rpc, settings).probe();
    } catch (UnknownOutcomeException e) {
      throw new ConfigException(unreachable(e), e);
    }
    if (status.getCode() != Answers.INVALID_PARAMETER) {
      throw new ConfigException(Answers.notAReplica(uri + " answers " + Answers.describe(status)));
    }
  }

  private String unreachable(UnknownOutcomeException e) {
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
