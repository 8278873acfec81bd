/**
 * Finds the files with the rows of a source: its segments in etcd, the files of each, and the time
 * up to which these files are complete.
 */
@NullMarked
package io.milvus.cdc.internal.segments;

import org.jspecify.annotations.NullMarked;
