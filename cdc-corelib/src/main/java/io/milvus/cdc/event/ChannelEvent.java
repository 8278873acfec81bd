package io.milvus.cdc.event;

/** One message of a physical channel, decoded as far as ordering needs. */
public sealed interface ChannelEvent permits DataEvent, TimeTick, DropMarker, Ignored, Unknown {
  Position position();
}
