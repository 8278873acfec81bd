package io.milvus.cdc.internal.queue;

import io.milvus.cdc.event.Position;

/** Selects the queue that carries a source's messages, and its address. */
public interface QueueSettings {
  /**
   * Connects lazily: the first operation shows whether the address is right.
   *
   * @throws io.milvus.cdc.error.ConfigException if the address can never be right, or the queue's
   *     client is not on the classpath
   */
  MessageQueue connect();

  /** Converts Milvus's own encoding of a message id to a position. */
  Position positionOf(byte[] milvusMessageId);

  /** Converts a position to a message id: the reverse of {@link #positionOf}. */
  byte[] messageIdOf(Position position);

  /**
   * Returns the queue's kind and address for people, such as {@code Pulsar at pulsar://host:6650}.
   */
  String name();

  /** Returns whether every topic of a source exists before its first collection. */
  boolean topicsComeFirst();

  /** Returns whether the queue can retain messages until they are read. */
  boolean pins();

  /** Returns a sentence that explains what to check if a source's topics are not found. */
  String whereTopicsHide();
}
