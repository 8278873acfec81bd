/** Describes the results of checking a source, a target or a task, in words for people. */
@NullMarked
package io.milvus.cdc.preflight;

import org.jspecify.annotations.NullMarked;
