package io.milvus.cdc.compare;

import java.time.Duration;

/**
 * Holds the options of a comparison.
 *
 * @param reloadSource whether to release and load on the source before reading
 * @param reloadTarget whether to do so on the target
 * @param load whether to load unloaded collections to read them
 * @param release whether to release collections afterwards that were not loaded before
 * @param mostDifferences the number of differences to list for each collection
 * @param pageRows the number of rows to read at once
 * @param loadWithin how long loading may take
 * @param retryFor how long to compare unequal collections again
 * @param likeness how equal to the source the target must be
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
