package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.event.Position;
import java.util.Comparator;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.MessageIdAdv;
import org.apache.pulsar.client.impl.MessageIdImpl;

/**
 * Locates a message in a Pulsar topic. Entries of a ledger are numbered from 0 without a gap. An
 * entry holds one message or a batch of messages.
 *
 * <p>Milvus's client writes batches of one message, which are entries like any other.
 *
 * @param batch the message's number in its batch, or -1 if it is the first message of its entry
 * @param batchSize the number of messages in its batch, or 0 if it is alone or that is unknown
 */
record PulsarPlace(long ledger, long entry, int batch, int batchSize)
    implements Comparable<PulsarPlace> {
  private static final Comparator<PulsarPlace> ORDER =
      Comparator.comparingLong(PulsarPlace::ledger)
          .thenComparingLong(PulsarPlace::entry)
          .thenComparingInt(PulsarPlace::batch);

  static PulsarPlace of(MessageId id) {
    MessageIdAdv place = (MessageIdAdv) id;
    int batch = place.getBatchIndex();
    boolean batched = batch > 0 || (batch == 0 && place.getBatchSize() > 1);
    return new PulsarPlace(
        place.getLedgerId(),
        place.getEntryId(),
        batched ? batch : -1,
        batched ? place.getBatchSize() : 0);
  }

  @Override
  public int compareTo(PulsarPlace other) {
    return ORDER.compare(this, other);
  }

  boolean sameEntry(PulsarPlace other) {
    return ledger == other.ledger && entry == other.entry;
  }

  /** Returns whether this place names a message. Only the entry of this place may be known. */
  boolean names(PulsarPlace message) {
    return sameEntry(message) && (batch < 0 ? message.batch <= 0 : batch == message.batch);
  }

  /** Returns whether no message can be between this place and that place. */
  boolean isJustBefore(PulsarPlace that) {
    if (ledger != that.ledger) {
      return false;
    }
    if (entry == that.entry) {
      return that.batch == Math.max(0, batch) + 1;
    }
    boolean ends = batch < 0 ? batchSize == 0 : batch == batchSize - 1;
    return that.entry == entry + 1 && ends && that.batch <= 0;
  }

  /** Returns its entry's id, which leads to the first message of a batch. */
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
