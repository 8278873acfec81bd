/** Tests time, memory and the number of requests with many rows, collections and tasks. */
@NullMarked
package io.milvus.cdc.examples.e2e.scale;

import org.jspecify.annotations.NullMarked;
