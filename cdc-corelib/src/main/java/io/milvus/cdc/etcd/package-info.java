/** How to speak to the etcd of a Milvus, be it the source's or the target's. */
@NullMarked
package io.milvus.cdc.etcd;

import org.jspecify.annotations.NullMarked;
