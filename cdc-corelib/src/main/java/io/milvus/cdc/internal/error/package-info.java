/** Classifies failures by their causes, and detects refusals that recur. */
@NullMarked
package io.milvus.cdc.internal.error;

import org.jspecify.annotations.NullMarked;
