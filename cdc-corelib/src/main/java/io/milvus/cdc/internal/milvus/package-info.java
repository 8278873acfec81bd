/** Knows Milvus's versions. */
@NullMarked
package io.milvus.cdc.internal.milvus;

import org.jspecify.annotations.NullMarked;
