package io.milvus.cdc.store;

import java.lang.management.ManagementFactory;
import java.util.UUID;

/** Names an owner for people, and so that no two claims have the same. */
final class OwnerName {
  private OwnerName() {}

  /** Such as {@code 4711@host, 0e8ad7…}: process, machine, and what tells the claim from others. */
  static String next() {
    return ManagementFactory.getRuntimeMXBean().getName() + ", " + UUID.randomUUID();
  }
}
