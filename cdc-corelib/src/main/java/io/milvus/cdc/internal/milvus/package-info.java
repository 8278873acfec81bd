/** Talks to a Milvus: calls, the meaning of its answers, its versions, keys in expressions. */
@NullMarked
package io.milvus.cdc.internal.milvus;

import org.jspecify.annotations.NullMarked;
