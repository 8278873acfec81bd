/**
 * Tests targets other than a single standby: client writes, Milvus Lite, containers, several
 * targets.
 */
@NullMarked
package io.milvus.cdc.examples.e2e.targets;

import org.jspecify.annotations.NullMarked;
