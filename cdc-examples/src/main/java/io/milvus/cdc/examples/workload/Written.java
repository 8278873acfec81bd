package io.milvus.cdc.examples.workload;

/**
 * What a workload has done so far.
 *
 * @param inserted rows
 * @param upserted rows
 * @param deleted keys that were asked to be deleted, whether their rows were there or not
 * @param collections created on the way
 * @param collectionsDropped on the way
 * @param partitions created on the way
 * @param partitionsDropped on the way
 * @param renames of collections
 * @param errors that it went on after
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
  /** Rows that were written, once more for each time that they were written again. */
  public long rows() {
    return inserted + upserted;
  }
}
