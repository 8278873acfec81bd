/** A program around the library for tests and benchmarks: one task, set by system properties. */
@NullMarked
package io.milvus.cdc.examples.mirror;

import org.jspecify.annotations.NullMarked;
