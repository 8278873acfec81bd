package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.milvus.MilvusStatus;
import io.milvus.grpc.Status;

/** Thrown if the target answered with a rejection. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private Refusal(String message) {
    super(message);
  }

  /** Does nothing if the target accepted. */
  static void unlessOk(String what, Status status) throws Refusal {
    if (!MilvusStatus.ok(status)) {
      throw new Refusal("The target refused to %s: %s".formatted(what, Answers.describe(status)));
    }
  }

  static Refusal because(String what, String why) {
    return new Refusal("The target refused to %s: %s".formatted(what, why));
  }

  /** Wraps a problem that must not end the session, although it cannot be solved here. */
  static Refusal because(ConfigException why) {
    return new Refusal(String.valueOf(why.getMessage()));
  }

  /** Returns a refusal with a complete reason. */
  static Refusal of(String reason) {
    return new Refusal(reason);
  }

  /** Returns the same refusal without this word. */
  Refusal hiding(String secret) {
    return new Refusal(reason().replace(secret, "***"));
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
