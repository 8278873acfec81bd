package io.milvus.cdc.examples.testbed.workload;

/**
 * Counts the work that a workload has done so far.
 *
 * @param inserted the inserted rows
 * @param upserted the upserted rows
 * @param deleted the keys whose deletion was requested, whether their rows existed or not
 * @param collections the collections that were created while it ran
 * @param collectionsDropped the collections that were dropped while it ran
 * @param partitions the partitions that were created while it ran
 * @param partitionsDropped the partitions that were dropped while it ran
 * @param renames the renames of collections
 * @param errors the errors after which it continued
 */
public record Written(
    long inserted,
    long upserted,
    long deleted,
    long collections,
    long collectionsDropped,
    long partitions,
    long partitionsDropped,
    long renames,
    long errors) {
  /** Returns the number of written rows. A row counts once for each time that it was written. */
  public long rows() {
    return inserted + upserted;
  }
}
