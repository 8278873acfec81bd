package io.milvus.cdc.internal.storage;

import java.util.Comparator;

/**
 * An object in a listing.
 *
 * @param name relative to the root path
 * @param size in bytes
 */
public record StoredObject(String name, long size) {
  static final Comparator<StoredObject> BY_NAME = Comparator.comparing(StoredObject::name);
}
