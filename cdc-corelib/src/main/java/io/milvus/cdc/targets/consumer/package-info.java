/**
 * Delivers changes to a program's own code: in order, with backpressure, until acknowledged.
 *
 * <pre>{@code
 * CdcEngine.builder()
 *     .source(MilvusSource.builder()...build())
 *     .target(
 *         ConsumerTarget.of(
 *             batch -> {
 *               for (Change change : batch.changes()) {
 *                 change.accept(this); // a Change.Visitor
 *               }
 *               return batch.acknowledged();
 *             }))
 *     .start();
 * }</pre>
 */
@Incubating
@NullMarked
package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.annotation.Incubating;
import org.jspecify.annotations.NullMarked;
