/** How Pulsar is reached, whether it is read or written. Internal. */
@NullMarked
package io.milvus.cdc.internal.pulsar;

import org.jspecify.annotations.NullMarked;
