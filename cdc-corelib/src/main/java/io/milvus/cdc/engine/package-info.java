/** Runs tasks: connects, merges, applies, keeps the checkpoint, tries again. Internal. */
@NullMarked
package io.milvus.cdc.engine;

import org.jspecify.annotations.NullMarked;
