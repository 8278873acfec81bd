package io.milvus.cdc.internal.wal;

import io.milvus.cdc.event.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place from which a channel can be read again: a message, or a tick that follows it.
 *
 * @param wal Milvus's name of the kind of log, to which the ids belong
 * @param id the message; empty if no message was read so far
 * @param lastConfirmed the id from which to read, so that the message and its whole transaction
 *     come. May be empty: Woodpecker's notation for its very first message
 * @param tick the hybrid timestamp of the message, or of its transaction; 0 if no message was read
 * @param complete the timestamp up to which the channel was read: below the message's, unless the
 *     place is a tick
 */
public record WalPosition(String wal, String id, String lastConfirmed, long tick, long complete) {
  private static final int BASE = 36;

  /** No id contains a colon: they are in base 36 or in base64. */
  private static final Pattern TEXT =
      Pattern.compile("(\\w+):([^:]*):([^:]*):([0-9a-z]+):([0-9a-z]+)");

  /** Returns the place of a message. */
  public static WalPosition of(String wal, String id, String lastConfirmed, long tick) {
    return new WalPosition(wal, id, lastConfirmed, tick, tick - 1);
  }

  /**
   * Returns the place before all messages.
   *
   * @param first the id from which a log of this kind is read from its beginning
   */
  public static WalPosition beginning(String wal, String first) {
    return new WalPosition(wal, "", first, 0, 0);
  }

  /** Returns the tick after this message, up to which the channel was read. */
  public WalPosition completeTo(long timestamp) {
    return new WalPosition(wal, id, lastConfirmed, tick, timestamp);
  }

  /** Returns whether the place is a tick, and no message. */
  public boolean isTick() {
    return complete >= tick;
  }

  /** Returns whether a message was read, which a source must still hold. */
  public boolean hasMessage() {
    return !id.isEmpty();
  }

  /** Returns whether another place has the same message. */
  public boolean isMessage(WalPosition other) {
    return tick == other.tick && id.equals(other.id);
  }

  /** Returns the position as text, which {@link #parse} reads. */
  public Position position() {
    return new Position(
        String.join(
            ":",
            wal,
            id,
            lastConfirmed,
            Long.toUnsignedString(tick, BASE),
            Long.toUnsignedString(complete, BASE)));
  }

  /**
   * Returns the position in a text.
   *
   * @throws IllegalArgumentException if it is not the text of one
   */
  public static WalPosition parse(Position position) {
    Matcher parts = TEXT.matcher(position.text());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no position of a write-ahead log.".formatted(position));
    }
    return new WalPosition(
        parts.group(1),
        parts.group(2),
        parts.group(3),
        Long.parseUnsignedLong(parts.group(4), BASE),
        Long.parseUnsignedLong(parts.group(5), BASE));
  }
}
