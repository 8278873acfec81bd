/**
 * What every source, target and store promises, as tests for whoever writes another one.
 *
 * <p>Extend {@link io.milvus.cdc.contract.TargetContract}, {@link
 * io.milvus.cdc.contract.SourceContract} or {@link io.milvus.cdc.contract.StoreContract}, return
 * the implementation, and run the class with JUnit 5 and AssertJ on the test class path. The
 * contracts use the public API only.
 */
package io.milvus.cdc.contract;
