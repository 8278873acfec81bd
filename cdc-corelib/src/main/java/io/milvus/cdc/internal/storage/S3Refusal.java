package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.Explanation;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Explains why S3 rejects a request or does not answer, and the remedy. */
record S3Refusal(S3Endpoint endpoint) {
  private static final int MOVED = 301;
  private static final int DENIED = 403;
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAULT = 500;

  /**
   * Explains a failure.
   *
   * @param doing {@code list} or {@code read}
   * @param key the object, or the prefix of a listing
   */
  CdcException explain(String doing, String key, SdkException failure) {
    return failure instanceof S3Exception answer
        ? answered(doing, key, answer)
        : unanswered(key, failure);
  }

  private CdcException answered(String doing, String key, S3Exception answer) {
    String code = code(answer);
    return switch (code) {
      case "NoSuchKey" -> new MissingObjectException(endpoint, key, answer);
      case "NoSuchBucket" ->
          config(answer, "has no such bucket.", "Set the bucket to Milvus's minio.bucketName.");
      case "InvalidAccessKeyId" ->
          config(answer, "does not know %s.".formatted(login()), "Check the access key.");
      case "SignatureDoesNotMatch" ->
          config(
              answer,
              "refuses the secret key of %s.".formatted(login()),
              "Check the secret key. If a proxy is in between, it must not change requests.");
      case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
          config(answer, "refuses %s: %s.".formatted(login(), code), "Renew the credentials.");
      case "RequestTimeTooSkewed" ->
          config(answer, "has another time than this machine.", "Set the clocks of both.");
      case "AuthorizationHeaderMalformed", "PermanentRedirect" -> otherRegion(answer);
      default -> byStatus(doing, key, code, answer);
    };
  }

  private CdcException byStatus(String doing, String key, String code, S3Exception answer) {
    int status = answer.statusCode();
    String reason = "%d %s".formatted(status, code).strip();
    if (status == MOVED) {
      return otherRegion(answer);
    }
    if (status == DENIED) {
      return config(
          answer,
          "does not let %s %s '%s': %s.".formatted(login(), doing, key, reason),
          "Grant it permission to list the bucket and to read its objects (s3:ListBucket and"
              + " s3:GetObject).");
    }
    if (status == TOO_MANY || status >= SERVER_FAULT) {
      return new Explanation(
              "%s cannot serve '%s' now: %s.".formatted(endpoint, key, reason),
              "Lower the load on it, or raise its limits.")
          .as(RetriableException::new, answer);
    }
    return new Explanation(
            "%s refuses to %s '%s': %s.".formatted(endpoint, doing, key, reason),
            "Check that the address is that of an object storage with the API of S3.")
        .as(SourceRefusedException::new, answer);
  }

  private ConfigException otherRegion(S3Exception answer) {
    return config(
        answer,
        "does not serve the bucket as region '%s': %s."
            .formatted(endpoint.region(), message(answer)),
        "Set the address and the region to those of the bucket.");
  }

  private ConfigException config(Throwable cause, String what, String cure) {
    return new Explanation(endpoint + " " + what, cure).as(ConfigException::new, cause);
  }

  private String login() {
    return endpoint.accessKey() == null
        ? "the credentials of this machine"
        : "access key '%s'".formatted(endpoint.accessKey());
  }

  /** Returns the code of S3, or an empty text if there was none. */
  private static String code(S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static String message(S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return String.valueOf(details == null ? answer.getMessage() : details.errorMessage());
  }

  private CdcException unanswered(String key, SdkException failure) {
    String root = Causes.root(failure);
    if (Causes.find(failure, CertificateException.class).isPresent()) {
      return Explanation.untrusted("S3", failure)
          .after(endpoint + " ")
          .as(ConfigException::new, failure);
    }
    if (Causes.refusesTls(failure)) {
      return config(
          failure,
          "does not agree on TLS: %s.".formatted(root),
          "Check that it listens for https.");
    }
    if (String.valueOf(failure.getMessage()).startsWith("Unable to load credentials")) {
      return new ConfigException(
          "There are no credentials for %s on this machine.".formatted(endpoint),
          "Set the access key and the secret key.",
          failure);
    }
    return silent(key, failure, root);
  }

  private RetriableException silent(String key, SdkException failure, String root) {
    if (failure instanceof ApiCallTimeoutException) {
      return new RetriableException(
          "%s did not complete a request for '%s' in time: %s".formatted(endpoint, key, root),
          "Check the network and the load on the storage.",
          failure);
    }
    boolean noHost = Causes.find(failure, UnknownHostException.class).isPresent();
    return new RetriableException(
        "%s did not complete a request for '%s': %s."
            .formatted(endpoint, key, noHost ? "the host is unknown" : root),
        "Check the address, that it is up, and whether it is http or https.",
        failure);
  }
}
