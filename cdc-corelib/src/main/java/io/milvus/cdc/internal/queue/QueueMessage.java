package io.milvus.cdc.internal.queue;

import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import java.util.Map;

/** Holds a message of the queue. */
public record QueueMessage(Position position, Payload body, Map<String, String> properties) {}
