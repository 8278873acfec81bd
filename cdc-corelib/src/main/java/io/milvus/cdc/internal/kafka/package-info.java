/** How Kafka is reached, whether it is read or written. Internal. */
@NullMarked
package io.milvus.cdc.internal.kafka;

import org.jspecify.annotations.NullMarked;
