/**
 * Captures the changes of a Milvus and replicates them. Begin with {@link io.milvus.cdc.CdcEngine}.
 *
 * <pre>{@code
 * CdcEngine engine =
 *     CdcEngine.builder()
 *         .source(MilvusSource.builder().etcd("http://etcd:2379").pulsar("pulsar://mq:6650").build())
 *         .target(MilvusTarget.builder().uri("http://standby:19530").build())
 *         .checkpoints(FileStore.at(Path.of("cdc-state")))
 *         .start();
 * CdcTask task = engine.submit(TaskSpec.of("dr"));
 * task.awaitCaughtUp(Duration.ofMinutes(5));
 * }</pre>
 */
@NullMarked
package io.milvus.cdc;

import org.jspecify.annotations.NullMarked;
