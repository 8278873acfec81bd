package io.milvus.cdc.transform;

/** Does nothing. */
enum Nothing implements EventTransform {
  INSTANCE
}
