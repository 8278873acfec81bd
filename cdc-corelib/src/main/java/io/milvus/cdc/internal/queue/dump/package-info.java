/**
 * Reads the channels of Milvus 2.6.20 and later by its call {@code DumpMessages}, whatever queue is
 * behind it. Internal.
 */
@NullMarked
package io.milvus.cdc.internal.queue.dump;

import org.jspecify.annotations.NullMarked;
