/**
 * Tests that every row of the source arrives on the target once, and in the order of the source.
 */
@NullMarked
package io.milvus.cdc.examples.e2e.rows;

import org.jspecify.annotations.NullMarked;
