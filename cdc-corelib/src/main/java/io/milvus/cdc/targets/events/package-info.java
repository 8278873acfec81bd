/**
 * Sends changes as events to a queue: the events, their formats, and a session that sends each of
 * them in order. Targets for queues share this package.
 *
 * <p>An event is one row, one change of the catalog, or a watermark: the promise that all events up
 * to a moment were sent. {@link io.milvus.cdc.targets.events.StreamEvent} lists them. {@link
 * io.milvus.cdc.targets.events.EventFormat} writes them as CloudEvents, or in Debezium's format.
 * JSON Schemas of both are beside these classes, in {@code schemas/}.
 *
 * <p>A consumer can rebuild the source's data from one partition, for the keys in this partition.
 * To do so, it reads the partition from its beginning and applies each event, in order. Changes of
 * the catalog are in every partition.
 */
@Incubating
@NullMarked
package io.milvus.cdc.targets.events;

import io.milvus.cdc.annotation.Incubating;
import org.jspecify.annotations.NullMarked;
