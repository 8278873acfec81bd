/** Judges failures: their causes, and refusals that come again and again. */
@NullMarked
package io.milvus.cdc.internal.error;

import org.jspecify.annotations.NullMarked;
