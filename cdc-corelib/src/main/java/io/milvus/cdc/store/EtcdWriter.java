package io.milvus.cdc.store;

import static io.milvus.cdc.store.EtcdReader.ask;

import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.EtcdTransaction;
import java.util.List;

/**
 * Writes the texts of one name, as far as the fence permits. If a text has several parts, they are
 * written first; the list of them is the write that counts. For one thread at a time.
 */
final class EtcdWriter {
  private final EtcdConnection etcd;
  private final EtcdKeys keys;

  /** Parts may be left over, of the former owner or of a failed write. */
  private boolean untidy = true;

  private int writes;

  EtcdWriter(EtcdConnection etcd, EtcdKeys keys) {
    this.etcd = etcd;
    this.keys = keys;
  }

  /** Replaces the text. Returns false if the fence has moved. */
  boolean write(long fence, String packed) {
    List<String> cut = EtcdParts.cut(packed);
    if (cut.size() == 1) {
      return put(fence, keys.text(), packed)
          && tidied(behind(fence).delete(keys.parts(), end(keys.parts())), false);
    }
    untidy = true;
    EtcdParts parts = new EtcdParts("%016x-%08x".formatted(fence, ++writes), cut.size());
    String mine = keys.parts(parts.generation());
    for (int i = 0; i < cut.size(); i++) {
      if (!put(fence, mine + i, cut.get(i))) {
        return false;
      }
    }
    return put(fence, keys.text(), parts.text())
        && tidied(
            behind(fence).delete(keys.parts(), mine).delete(end(mine), end(keys.parts())), true);
  }

  private boolean put(long fence, String key, String value) {
    return ask(behind(fence).put(key, value)::commit) != 0;
  }

  private EtcdTransaction behind(long fence) {
    return etcd.transaction(keys.text()).ifModifiedAt(keys.owner(), fence);
  }

  /** Deletes parts that the text does not list, if there may be any. */
  private boolean tidied(EtcdTransaction tidying, boolean partsLeft) {
    if (untidy && ask(tidying::commit) == 0) {
      return false;
    }
    untidy = partsLeft;
    return true;
  }

  /** Returns the first key without this prefix: a slash is followed by a zero. */
  private static String end(String prefix) {
    return prefix.substring(0, prefix.length() - 1) + '0';
  }

  /** Removes the text. Returns false if the fence has moved. */
  boolean remove(long fence) {
    untidy = true;
    return ask(behind(fence).delete(keys.text()).delete(keys.parts(), end(keys.parts()))::commit)
        != 0;
  }
}
