package io.milvus.cdc.examples.testbed.stack;

import java.util.Locale;

/** Names a process of the stack that can be killed and started separately. */
public enum Part {
  /** The etcd of both Milvus. */
  ETCD,
  /** The source's message queue. */
  QUEUE,
  /** The Milvus that clients write to. */
  SOURCE,
  /** The Milvus in standby mode. */
  TARGET;

  /** Returns its name on the script's command line. */
  String argument(Addresses addresses) {
    return this == QUEUE ? addresses.queue() : name().toLowerCase(Locale.ROOT);
  }
}
