/** Reads and writes an etcd: the source's, the target's, or one that stores checkpoints. */
@NullMarked
package io.milvus.cdc.internal.etcd;

import org.jspecify.annotations.NullMarked;
