package io.milvus.cdc.examples.testbed.workload;

/** Changes objects while a workload runs, one step at a time. */
interface Steps {
  void next();
}
