/**
 * Reads the stored rows of a source in the order of their time: its segments in etcd, the files of
 * each, and the time up to which these files are complete. Internal.
 *
 * <p>Rows are read window by window. A window is a stretch of time, whose rows of all files are
 * sorted into buckets. So progress is one timestamp, and it does not matter which files have the
 * rows above it.
 */
@NullMarked
package io.milvus.cdc.internal.segments;

import org.jspecify.annotations.NullMarked;
