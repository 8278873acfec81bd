package io.milvus.cdc.target.milvus;

import io.milvus.cdc.error.Causes;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.Status;
import java.net.URI;
import java.security.cert.CertificateException;

/** Finds what would keep a target from taking changes, and says how to mend it. */
final class TargetPreflight {
  private final MilvusRpc rpc;
  private final URI uri;

  TargetPreflight(MilvusRpc rpc, URI uri) {
    this.rpc = rpc;
    this.uri = uri;
  }

  /**
   * A request without a channel changes nothing and tells a replica (1100) from the rest (1900).
   */
  void check() throws InterruptedException {
    Status status;
    try {
      status =
          rpc.call(Methods.REPLICATE, ReplicateMessageRequest.getDefaultInstance()).getStatus();
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
