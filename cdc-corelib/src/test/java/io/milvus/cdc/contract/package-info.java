/**
 * Tests the promises of every source, target and store, for the authors of another one.
 *
 * <p>Extend {@link io.milvus.cdc.contract.TargetContract}, {@link
 * io.milvus.cdc.contract.SourceContract} or {@link io.milvus.cdc.contract.StoreContract}, return
 * the implementation, and run the class with JUnit 5 and AssertJ on the test class path. The
 * contracts use the public API only.
 */
package io.milvus.cdc.contract;
