package io.milvus.cdc.store;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.EtcdValue;
import java.util.Optional;

/** Reads texts, while their owners may write new ones. */
record EtcdReader(EtcdConnection etcd) {
  private static final int READS = 3;

  /** A request to etcd. */
  interface Question<T> {
    T ask() throws InterruptedException;
  }

  /** Returns the answer, without an exception that callers would have to declare. */
  static <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownOutcomeException("Interrupted while waiting for etcd", "", e);
    }
  }

  Optional<String> packed(EtcdKeys keys) {
    for (int attempt = 1; ; attempt++) {
      Optional<EtcdValue> head = ask(() -> etcd.find(keys.text()));
      try {
        return head.map(found -> whole(keys, found));
      } catch (RetriableException e) {
        // If etcd has just been compacted, the moment of the head is gone.
        if (attempt == READS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  private String whole(EtcdKeys keys, EtcdValue head) {
    return EtcdParts.parse(head.text())
        .map(parts -> joined(keys, parts, head.readAt()))
        .orElse(head.text());
  }

  /** Reads all parts as of the head's moment, so that a later write does not matter. */
  private String joined(EtcdKeys keys, EtcdParts parts, long moment) {
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < parts.count(); i++) {
      String key = keys.parts(parts.generation()) + i;
      whole.append(
          ask(() -> etcd.find(key, moment))
              .orElseThrow(
                  () ->
                      PackedText.damage("'%s': etcd has no '%s'".formatted(keys.name(), key), null))
              .text());
    }
    return whole.toString();
  }
}
