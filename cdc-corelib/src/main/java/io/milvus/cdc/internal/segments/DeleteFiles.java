package io.milvus.cdc.internal.segments;

import java.util.Collection;
import java.util.List;

/**
 * Names the files of the deletes that concern one segment.
 *
 * @param own the files of the segment
 * @param common the files of the segments of level 0; the same list for all segments of a shard and
 *     a partition
 */
record DeleteFiles(Collection<String> own, List<String> common) {}
