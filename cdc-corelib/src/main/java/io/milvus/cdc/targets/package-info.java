/**
 * Defines a target: it accepts rows and catalog changes in order, and acknowledges them.
 *
 * <p>A session is used by one thread.
 */
@Incubating
@NullMarked
package io.milvus.cdc.targets;

import io.milvus.cdc.annotation.Incubating;
import org.jspecify.annotations.NullMarked;
