/** What the library promises, shown on real Milvus, Pulsar, Kafka and etcd. */
@NullMarked
package io.milvus.cdc.examples.e2e;

import org.jspecify.annotations.NullMarked;
