package io.milvus.cdc.event;

/**
 * A message that cannot be decoded.
 *
 * @param why what is wrong with it, for people
 */
public record Unknown(Position position, String why, Payload payload) implements ChannelEvent {}
