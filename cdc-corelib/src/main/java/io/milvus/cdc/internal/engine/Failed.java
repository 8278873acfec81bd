package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.DataEvent;
import org.jspecify.annotations.Nullable;

/**
 * Describes a message of rows that did not pass a step.
 *
 * @param event as the source sent it
 * @param collection {@code database.collection} on the source
 */
record Failed(DataEvent event, String collection, String why, @Nullable Throwable cause) {}
