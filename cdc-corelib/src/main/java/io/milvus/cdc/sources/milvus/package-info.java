/** Reads a Milvus cluster as a source: its catalog from etcd, its rows from Pulsar or Kafka. */
@NullMarked
package io.milvus.cdc.sources.milvus;

import org.jspecify.annotations.NullMarked;
