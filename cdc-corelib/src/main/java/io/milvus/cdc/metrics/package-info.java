/**
 * Reports the metrics of an engine to Micrometer. Needs {@code io.micrometer:micrometer-core} on
 * the classpath.
 *
 * <pre>{@code
 * new CdcMetrics(engine).bindTo(registry);
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.metrics;

import org.jspecify.annotations.NullMarked;
