/**
 * What targets share that tell of changes instead of making them: the events, how they are written,
 * and a session that sees to it that each is told in order.
 *
 * <p>An event is one row, one change of the catalog, or a watermark: the promise that everything up
 * to a moment has been told. {@link io.milvus.cdc.targets.events.ChangeEvent} has them all, {@link
 * io.milvus.cdc.targets.events.EventFormat} writes them as CloudEvents or as Debezium would; JSON
 * Schemas of what is written are beside these classes, in {@code schemas/}.
 *
 * <p>Whoever reads a partition from its beginning and does what each event says, in order, has what
 * the source has of the keys of this partition: changes of the catalog are told to every partition.
 */
@Incubating
@NullMarked
package io.milvus.cdc.targets.events;

import io.milvus.cdc.annotation.Incubating;
import org.jspecify.annotations.NullMarked;
