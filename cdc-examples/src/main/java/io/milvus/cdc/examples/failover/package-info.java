/** Shows a failover: the target accepts client writes, and later becomes a standby again. */
@NullMarked
package io.milvus.cdc.examples.failover;

import org.jspecify.annotations.NullMarked;
