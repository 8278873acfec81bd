package io.milvus.cdc.store;

import java.lang.management.ManagementFactory;
import java.util.UUID;

/** Names an owner for people. No two claims have the same name. */
final class OwnerName {
  private OwnerName() {}

  /** Returns a name such as {@code 4711@host, 0e8ad7…}: process, machine, and a random part. */
  static String next() {
    return ManagementFactory.getRuntimeMXBean().getName() + ", " + UUID.randomUUID();
  }
}
