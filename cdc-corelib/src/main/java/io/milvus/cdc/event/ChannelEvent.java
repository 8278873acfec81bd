package io.milvus.cdc.event;

/** One message of a physical channel, decoded as far as its order requires. */
public sealed interface ChannelEvent permits DataEvent, TimeTick, DropMarker, Ignored, Unknown {
  /** Returns the place of the message in its channel. */
  Position position();
}
