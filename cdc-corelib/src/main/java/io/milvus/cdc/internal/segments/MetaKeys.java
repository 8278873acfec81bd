package io.milvus.cdc.internal.segments;

import io.milvus.cdc.error.RetriableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads keys of a source's etcd. */
interface MetaKeys {
  /**
   * Returns the newest revision.
   *
   * @throws RetriableException if etcd does not answer
   */
  long revision() throws InterruptedException;

  /**
   * Returns a value at a revision.
   *
   * @throws RetriableException if etcd does not answer
   */
  Optional<byte[]> value(String key, long revision) throws InterruptedException;

  /**
   * Returns the first values below a prefix at the newest revision, by the rest of their keys.
   *
   * @throws RetriableException if etcd does not answer
   */
  List<Map.Entry<String, byte[]>> first(String prefix, int most) throws InterruptedException;

  /**
   * Returns all values below a prefix at a revision, by the rest of their keys.
   *
   * @throws RetriableException if etcd does not answer, or has compacted the revision
   */
  List<Map.Entry<String, byte[]>> below(String prefix, long revision) throws InterruptedException;
}
