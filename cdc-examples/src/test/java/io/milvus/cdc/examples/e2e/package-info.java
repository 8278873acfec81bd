/** What the library promises, shown on real Milvus, Pulsar and etcd. */
@NullMarked
package io.milvus.cdc.examples.e2e;

import org.jspecify.annotations.NullMarked;
