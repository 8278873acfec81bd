package io.milvus.cdc.internal.segments;

import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.internal.storage.StoredObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts how often each object is opened. */
final class CountingStorage implements ObjectStorage {
  private final ObjectStorage storage;
  private final Map<String, Integer> opened = new TreeMap<>();

  CountingStorage(ObjectStorage storage) {
    this.storage = storage;
  }

  /** Returns how often each object was opened since the last call. */
  Map<String, Integer> takeOpened() {
    Map<String, Integer> all = new TreeMap<>(opened);
    opened.clear();
    return all;
  }

  @Override
  public List<StoredObject> list(String folder) throws InterruptedException {
    return storage.list(folder);
  }

  @Override
  public List<String> folders(String folder) throws InterruptedException {
    return storage.folders(folder);
  }

  @Override
  public long size(String name) throws InterruptedException {
    opened.merge(name, 1, Integer::sum);
    return storage.size(name);
  }

  @Override
  public ByteBuffer read(String name) throws InterruptedException {
    return storage.read(name);
  }

  @Override
  public ByteBuffer read(String name, long offset, int length) throws InterruptedException {
    return storage.read(name, offset, length);
  }

  @Override
  public boolean isLocal() {
    return storage.isLocal();
  }

  @Override
  public void close() {
    storage.close();
  }
}
