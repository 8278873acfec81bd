package io.milvus.cdc.internal.wal;

import com.google.protobuf.Parser;
import io.milvus.cdc.proto.wal.BroadcastHeader;
import io.milvus.cdc.proto.wal.TransactionContext;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes a message by its properties (Milvus 2.6.20, pkg/streaming/util/message/properties.go).
 *
 * @param type its number, known or not: see {@link WalType}
 * @param position its place
 * @param shard the virtual channel, or the physical one if the message concerns all of it; empty
 *     for a tick
 * @param transaction null if it belongs to none
 * @param broadcast null if it is in one channel only
 * @param unreplicated whether Milvus's own replication leaves it out (since 3.0)
 * @param replicated whether the source itself is a standby that got the message from its source
 */
public record WalEnvelope(
    String channel,
    int type,
    WalPosition position,
    String shard,
    @Nullable TransactionPart transaction,
    @Nullable Broadcast broadcast,
    boolean unreplicated,
    boolean replicated) {
  private static final String TYPE = "_t";
  private static final String TICK = "_tt";
  private static final String LAST_CONFIRMED = "_lc";

  /** Present if the last confirmed id is the message's own. */
  private static final String LAST_CONFIRMED_IS_OWN = "_lcs";

  private static final String SHARD = "_vc";
  private static final String HEADER = "_h";
  private static final String TRANSACTION = "_tx";
  private static final String BROADCAST = "_bh";
  private static final String CIPHER = "_ch";
  private static final String UNREPLICATED = "_ur";
  private static final String REPLICATED = "_rh";

  /** The suffix of the one virtual channel of a cluster that carries no rows. */
  private static final String CONTROL = "_vcchan";

  private static final int BASE = 36;

  /**
   * Reads the properties of a message.
   *
   * @throws IOException if a property is missing or damaged, or if the body is encrypted or older
   *     than Milvus 2.6
   * @throws IllegalArgumentException if a number or base64 is damaged
   */
  static WalEnvelope read(WalMessage message) throws IOException {
    Map<String, String> properties = message.properties();
    if (message.isBeforeUpgrade()) {
      throw new IOException("it was written before the upgrade to Milvus 2.6");
    }
    String version = message.property("_v");
    if (!version.equals("1") && !version.equals("2")) {
      throw new IOException("its format has the unknown version " + version);
    }
    if (properties.containsKey(CIPHER)) {
      throw new IOException("it is encrypted");
    }
    return new WalEnvelope(
        message.channel(),
        Integer.parseInt(message.property(TYPE)),
        position(message),
        message.property(SHARD),
        properties.containsKey(TRANSACTION)
            ? TransactionPart.of(decoded(message, TRANSACTION, TransactionContext.parser()))
            : null,
        properties.containsKey(BROADCAST)
            ? Broadcast.of(decoded(message, BROADCAST, BroadcastHeader.parser()))
            : null,
        properties.containsKey(UNREPLICATED),
        properties.containsKey(REPLICATED));
  }

  private static WalPosition position(WalMessage message) throws IOException {
    Map<String, String> properties = message.properties();
    if (!properties.containsKey(LAST_CONFIRMED) && !properties.containsKey(LAST_CONFIRMED_IS_OWN)) {
      throw new IOException("it has no last confirmed id");
    }
    return WalPosition.of(
        message.wal(),
        message.id(),
        properties.containsKey(LAST_CONFIRMED_IS_OWN)
            ? message.id()
            : message.property(LAST_CONFIRMED),
        Long.parseUnsignedLong(message.property(TICK), BASE));
  }

  /** Returns the header of a message, which an envelope does not retain: it can hold passwords. */
  static <T> T header(WalMessage message, Parser<T> parser) throws IOException {
    return decoded(message, HEADER, parser);
  }

  private static <T> T decoded(WalMessage message, String property, Parser<T> parser)
      throws IOException {
    return parser.parseFrom(Base64.getDecoder().decode(message.property(property)));
  }

  /** Returns the hybrid timestamp of the message, or of its transaction. */
  public long tick() {
    return position.tick();
  }

  /** Returns whether this is the copy whose tick Milvus stores as the time of the change. */
  public boolean control() {
    return shard.endsWith(CONTROL);
  }

  /** Returns this envelope with the time of the message that commits its transaction. */
  WalEnvelope committedBy(WalEnvelope commit) {
    WalPosition committed =
        WalPosition.of(
            position.wal(), position.id(), commit.position.lastConfirmed(), commit.tick());
    return new WalEnvelope(
        channel, type, committed, shard, transaction, broadcast, unreplicated, replicated);
  }
}
