/** How to speak to an etcd: the source's, the target's, or one that keeps checkpoints. */
@NullMarked
package io.milvus.cdc.internal.etcd;

import org.jspecify.annotations.NullMarked;
