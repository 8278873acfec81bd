/** Reads a source's messages from Pulsar, and pins the messages that a task still needs. */
@NullMarked
package io.milvus.cdc.internal.queue.pulsar;

import org.jspecify.annotations.NullMarked;
