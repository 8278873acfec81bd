/**
 * What a reader of a topic of events does: {@link io.milvus.cdc.examples.rebuild.RebuildFromKafka}
 * builds from nothing else what the source has.
 */
@NullMarked
package io.milvus.cdc.examples.rebuild;

import org.jspecify.annotations.NullMarked;
