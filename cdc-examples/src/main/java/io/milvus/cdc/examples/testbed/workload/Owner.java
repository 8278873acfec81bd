package io.milvus.cdc.examples.testbed.workload;

import java.util.SplittableRandom;

/**
 * Represents a writer: a thread, or a thread in one of its roles.
 *
 * @param number determines the keys; no two owners of one collection share it
 * @param random is used by this thread alone
 */
record Owner(int number, SplittableRandom random, Tally tally) {
  Owner inAnotherRole(int anotherNumber) {
    return new Owner(anotherNumber, random, tally);
  }
}
