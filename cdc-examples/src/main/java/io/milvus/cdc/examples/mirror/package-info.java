/**
 * The smallest program around the library: one task, told by its command line, until it is stopped.
 */
@NullMarked
package io.milvus.cdc.examples.mirror;

import org.jspecify.annotations.NullMarked;
