package io.milvus.cdc.internal.queue;

import io.milvus.cdc.event.Position;

/** Which queue carries a source's messages, and how to reach it. */
public interface QueueSettings {
  /**
   * Connects lazily: the first operation tells whether the address is right.
   *
   * @throws io.milvus.cdc.error.ConfigException where it never can be, or its client is not there
   */
  MessageQueue connect();

  /** Milvus's own encoding of a message id as a position. */
  Position positionOf(byte[] milvusMessageId);

  /** The reverse of {@link #positionOf}. */
  byte[] messageIdOf(Position position);

  /** Its kind and address for a person, such as {@code Pulsar at pulsar://host:6650}. */
  String name();

  /** Whether every topic of a source is there before its first collection is. */
  boolean topicsComeFirst();

  /** Whether the queue can be held to keep messages that were not read. */
  boolean pins();

  /** What to look at where a source's topics are not found; a sentence. */
  String whereTopicsHide();
}
