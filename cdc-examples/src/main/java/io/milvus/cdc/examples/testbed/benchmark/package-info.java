/**
 * Measures the speed and the cost of replication on one machine, without any preparation, and
 * compares them with the best rate of the machine. See {@link
 * io.milvus.cdc.examples.testbed.benchmark.Benchmark}.
 *
 * <pre>{@code
 * ./mvnw -q -Pbenchmark -Dbenchmark.rows=300000 -Dbenchmark.dim=128 -Dbenchmark.shards=2
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.examples.testbed.benchmark;

import org.jspecify.annotations.NullMarked;
