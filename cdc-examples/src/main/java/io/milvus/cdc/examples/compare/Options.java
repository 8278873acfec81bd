package io.milvus.cdc.examples.compare;

import java.time.Duration;

/**
 * How to compare.
 *
 * @param reloadSource whether to release and load on the source before reading
 * @param reloadTarget likewise on the target
 * @param mostDifferences to keep of each collection
 * @param pageRows to read at once
 * @param loadWithin how long loading may take
 */
record Options(
    boolean reloadSource,
    boolean reloadTarget,
    int mostDifferences,
    int pageRows,
    Duration loadWithin) {}
