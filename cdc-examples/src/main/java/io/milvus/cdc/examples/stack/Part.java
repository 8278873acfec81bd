package io.milvus.cdc.examples.stack;

import java.util.Locale;

/** A process of the stack that can be killed and started by itself. */
public enum Part {
  /** The etcd that both Milvus share. */
  ETCD,
  /** The source's message queue. */
  QUEUE,
  /** The Milvus that is written to. */
  SOURCE,
  /** The Milvus in standby mode. */
  TARGET;

  /** Its name on the script's command line. */
  String argument(Addresses addresses) {
    return this == QUEUE ? addresses.queue() : name().toLowerCase(Locale.ROOT);
  }
}
