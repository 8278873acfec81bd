/**
 * Shows a reader of a topic of events: {@link io.milvus.cdc.examples.rebuild.RebuildFromKafka}
 * rebuilds the source's content from the events alone.
 */
@NullMarked
package io.milvus.cdc.examples.rebuild;

import org.jspecify.annotations.NullMarked;
