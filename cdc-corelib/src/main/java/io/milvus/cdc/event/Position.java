package io.milvus.cdc.event;

/**
 * A message's place in its channel, in the notation of the source's queue: {@code ledger:entry} for
 * Pulsar, the offset for Kafka. Opaque to everything except the queue that created it.
 */
public record Position(String text) {
  @Override
  public String toString() {
    return text;
  }
}
