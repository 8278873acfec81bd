/**
 * Shows in about two minutes, on one machine without any preparation, that replication works.
 * {@link io.milvus.cdc.examples.testbed.quickstart.Quickstart} starts two Milvus, writes to one
 * while replicating to the other, and compares every row.
 *
 * <pre>{@code
 * ./mvnw -q -Pquickstart -pl cdc-examples -am process-classes -Dexec.args="--rows 50000"
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.examples.testbed.quickstart;

import org.jspecify.annotations.NullMarked;
