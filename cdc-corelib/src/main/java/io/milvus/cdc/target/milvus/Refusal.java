package io.milvus.cdc.target.milvus;

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

  String reason() {
    return String.valueOf(getMessage());
  }
}
