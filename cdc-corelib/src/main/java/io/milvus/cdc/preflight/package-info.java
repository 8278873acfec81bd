/** What a check of a source, a target or a task finds, in words for people. */
@NullMarked
package io.milvus.cdc.preflight;

import org.jspecify.annotations.NullMarked;
