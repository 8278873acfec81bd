/**
 * Compares two Milvus instances: databases, collections with their schemas, partitions, and every
 * value of every row. Rows of both sides are streamed in the order of the primary keys, so memory
 * does not grow with the rows. Queries need indexes and loaded collections. If {@code load} is set,
 * missing indexes and loads are created on both sides.
 *
 * <pre>{@code
 * Verdict verdict =
 *     Comparison.of(MilvusEndpoint.at("http://milvus:19530"), MilvusEndpoint.at("http://standby:19530").token("root:Milvus"))
 *     .databases("shop")
 *     .targetReadAt(() -> task.status().readTimestamp())
 *     .run();
 * System.out.println(verdict.table());
 * }</pre>
 */
@Incubating
@NullMarked
package io.milvus.cdc.compare;

import io.milvus.cdc.annotation.Incubating;
import org.jspecify.annotations.NullMarked;
