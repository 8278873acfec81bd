package io.milvus.cdc.compare;

import java.time.Duration;

/**
 * How to compare.
 *
 * @param reloadSource whether to release and load on the source before reading
 * @param reloadTarget likewise on the target
 * @param load whether to load what is not loaded, to read it
 * @param release whether to release afterwards what was not loaded before
 * @param mostDifferences to keep of each collection
 * @param pageRows to read at once
 * @param loadWithin how long loading may take
 * @param retryFor how long to compare again what is not equal
 * @param likeness how like the source the target is to be
 */
record Options(
    boolean reloadSource,
    boolean reloadTarget,
    boolean load,
    boolean release,
    int mostDifferences,
    int pageRows,
    Duration loadWithin,
    Duration retryFor,
    Likeness likeness) {}
