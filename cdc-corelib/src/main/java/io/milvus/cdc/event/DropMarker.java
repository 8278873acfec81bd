package io.milvus.cdc.event;

/**
 * The last message of a dropped collection on this channel. The catalog reports the drop itself.
 */
public record DropMarker(Position position, long timestamp, long collectionId)
    implements ChannelEvent {}
