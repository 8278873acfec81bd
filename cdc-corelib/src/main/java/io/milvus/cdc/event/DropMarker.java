package io.milvus.cdc.event;

/**
 * The last message of a dropped collection on this channel. The drop itself is told by the catalog.
 */
public record DropMarker(Position position, long timestamp, long collectionId)
    implements ChannelEvent {}
