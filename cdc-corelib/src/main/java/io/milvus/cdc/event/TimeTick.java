package io.milvus.cdc.event;

/** The source's promise that nothing at or below this timestamp follows on this channel. */
public record TimeTick(Position position, long timestamp) implements ChannelEvent {}
