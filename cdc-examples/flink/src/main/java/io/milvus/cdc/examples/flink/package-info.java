/**
 * Provides an Apache Flink job over change events in Kafka. It shows how watermark events define
 * event time: each promises, in every partition, that everything up to a moment has arrived.
 */
@NullMarked
package io.milvus.cdc.examples.flink;

import org.jspecify.annotations.NullMarked;
