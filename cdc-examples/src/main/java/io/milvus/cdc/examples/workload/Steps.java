package io.milvus.cdc.examples.workload;

/** Something that comes and goes while a workload runs, one step at a time. */
interface Steps {
  void next();
}
