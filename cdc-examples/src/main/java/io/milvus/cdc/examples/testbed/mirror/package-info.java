/** Runs one task for tests and benchmarks, configured by system properties. */
@NullMarked
package io.milvus.cdc.examples.testbed.mirror;

import org.jspecify.annotations.NullMarked;
