/** Collects the findings of a check. */
@NullMarked
package io.milvus.cdc.internal.preflight;

import org.jspecify.annotations.NullMarked;
