package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.ConfigException;
import io.milvus.grpc.Status;

/** The target answered, and its answer was no. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private Refusal(String message) {
    super(message);
  }

  /** Does nothing where the answer was yes. */
  static void unlessOk(String what, Status status) throws Refusal {
    if (!Answers.ok(status)) {
      throw new Refusal("The target refused to %s: %s".formatted(what, Answers.describe(status)));
    }
  }

  static Refusal because(String what, String why) {
    return new Refusal("The target refused to %s: %s".formatted(what, why));
  }

  /** For what must not end the session, although nothing can be done about it from here. */
  static Refusal because(ConfigException why) {
    return new Refusal(String.valueOf(why.getMessage()));
  }

  /** A refusal that says all by itself. */
  static Refusal of(String reason) {
    return new Refusal(reason);
  }

  /** The same without this word, wherever it is. */
  Refusal hiding(String secret) {
    return new Refusal(reason().replace(secret, "***"));
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
