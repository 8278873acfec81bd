/**
 * A Milvus cluster as a target: a standby in replica mode, fed through {@code ReplicateMessage}.
 */
@NullMarked
package io.milvus.cdc.target.milvus;

import org.jspecify.annotations.NullMarked;
