package io.milvus.cdc.internal.queue;

import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import java.util.Map;

/** A message as the queue holds it. */
public record QueueMessage(Position position, Payload body, Map<String, String> properties) {}
