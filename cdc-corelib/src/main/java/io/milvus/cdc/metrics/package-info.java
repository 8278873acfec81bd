/**
 * An engine's numbers for Micrometer, which whoever uses this brings along ({@code
 * io.micrometer:micrometer-core}).
 *
 * <pre>{@code
 * new CdcMetrics(engine).bindTo(registry);
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.metrics;

import org.jspecify.annotations.NullMarked;
