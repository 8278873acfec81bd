package io.milvus.cdc.event;

/** A promise of the source: no row at or below this timestamp follows on this channel. */
public record TimeTick(Position position, long timestamp) implements ChannelEvent {}
