/**
 * An Apache Flink job over change events in Kafka. It shows what event time is made of: the
 * watermark events, which promise in every partition that everything up to a moment is there.
 */
@NullMarked
package io.milvus.cdc.examples.flink;

import org.jspecify.annotations.NullMarked;
