/**
 * Writes a realistic mixture to a source: every type of field and every layout of a collection, by
 * inserts, upserts and deletes from several threads. Partitions and collections are created and
 * dropped meanwhile. A seed determines the generated data, but only the resulting content of the
 * source is authoritative.
 *
 * <pre>{@code
 * MixedWorkload workload =
 *     MixedWorkload.on(source).databases("shop").shapes(Schemas.all(8)).rows(100_000).start();
 * workload.await(Duration.ofMinutes(2));
 * System.out.println(workload.written());
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.examples.testbed.workload;

import org.jspecify.annotations.NullMarked;
