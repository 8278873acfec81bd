package io.milvus.cdc.examples.workload;

import java.util.SplittableRandom;

/**
 * Who writes: a thread, or a thread in one of its roles.
 *
 * @param number decides the keys; no two owners of one collection share it
 * @param random of the thread alone
 */
record Owner(int number, SplittableRandom random, Tally tally) {
  Owner inAnotherRole(int anotherNumber) {
    return new Owner(anotherNumber, random, tally);
  }
}
