package io.milvus.cdc.event;

/** A message that the catalog reports better, such as the marker of a creation. */
public record Ignored(Position position) implements ChannelEvent {}
