package io.milvus.cdc.source.mq;

import io.milvus.cdc.event.Position;
import java.util.Comparator;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.MessageIdAdv;
import org.apache.pulsar.client.impl.MessageIdImpl;

/**
 * A message's place in a Pulsar topic. Entries of a ledger are numbered from 0 without a gap; an
 * entry holds one message, or a batch of them.
 *
 * @param batch the message's number in its batch, or -1 if it has an entry of its own
 * @param batchSize how many messages its batch has, or 0
 */
record PulsarPlace(long ledger, long entry, int batch, int batchSize)
    implements Comparable<PulsarPlace> {
  private static final Comparator<PulsarPlace> ORDER =
      Comparator.comparingLong(PulsarPlace::ledger)
          .thenComparingLong(PulsarPlace::entry)
          .thenComparingInt(PulsarPlace::batch);

  static PulsarPlace of(MessageId id) {
    MessageIdAdv place = (MessageIdAdv) id;
    boolean batched = place.getBatchIndex() >= 0 && place.getBatchSize() > 0;
    return new PulsarPlace(
        place.getLedgerId(),
        place.getEntryId(),
        batched ? place.getBatchIndex() : -1,
        batched ? place.getBatchSize() : 0);
  }

  @Override
  public int compareTo(PulsarPlace other) {
    return ORDER.compare(this, other);
  }

  /** Whether no message can be between this one and that. */
  boolean isJustBefore(PulsarPlace that) {
    if (ledger != that.ledger) {
      return false;
    }
    if (entry == that.entry) {
      return that.batch == batch + 1;
    }
    return that.entry == entry + 1 && batch == batchSize - 1 && that.batch <= 0;
  }

  /** Its entry's id, which leads to the first message of a batch. */
  MessageIdImpl entryId() {
    return new MessageIdImpl(ledger, entry, -1);
  }

  Position position() {
    return new Position(toString());
  }

  @Override
  public String toString() {
    String single = ledger + ":" + entry;
    return batch < 0 ? single : "%s:%d/%d".formatted(single, batch, batchSize);
  }
}
