/**
 * Writes to a source what people write: every type of field, every way to lay out a collection,
 * inserts, upserts and deletes from several threads, while partitions and collections come and go.
 * What is generated follows from a seed; what then counts is what the source holds.
 *
 * <pre>{@code
 * MixedWorkload workload =
 *     MixedWorkload.on(source).databases("shop").shapes(Schemas.all(8)).rows(100_000).start();
 * workload.await(Duration.ofMinutes(2));
 * System.out.println(workload.written());
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.examples.workload;

import org.jspecify.annotations.NullMarked;
