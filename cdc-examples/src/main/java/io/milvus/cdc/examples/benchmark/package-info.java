/**
 * Measures on one machine, and from nothing, how fast replication is and what it costs, beside what
 * the machine can do at best: {@link io.milvus.cdc.examples.benchmark.Benchmark}.
 *
 * <pre>{@code
 * ./mvnw -q -Pbenchmark -Dbenchmark.rows=300000 -Dbenchmark.dim=128 -Dbenchmark.shards=2
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.examples.benchmark;

import org.jspecify.annotations.NullMarked;
